import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { en } from "../../services/web/app/messages/en/mod.ts";
import { hi } from "../../services/web/app/messages/hi/mod.ts";
import { eventually } from "../journeys/platform.ts";
import { allPages } from "./all_pages.ts";
import { violationsOf } from "./axe.ts";
import { assertBoughtOnce, pageOf, publishEvent } from "./buying.ts";
import { takeMails } from "./mails.ts";
import { untilQuiet } from "./quiet.ts";
import { KB, SCRIPT_LIMIT } from "./sizes.ts";
import { webSuite } from "./suite.ts";

const mails = takeMails();
const { test } = webSuite(mails.variables);

const WINDOWS = [{ width: 1280, theme: "light" }, { width: 390, theme: "dark" }] as const;
const NARROWEST = 320;
const HEIGHT = 900;

/** Texts without placeholders, which stand on pages as they are. */
const ENGLISH = new Set(textsIn(en).filter((text) => !textsIn(hi).includes(text)));
/** Words in Latin letters that Hindi pages use, those of its functions and of zones among them. */
const LATIN = new Set([...textsIn(hi).flatMap(latinWords), "QR", "IST", "UTC"]);
/** What is no language: addresses, references and parts of seals. */
const CODE = /\/api\/\S+|\S+@\S+|EVT-\w+|\b[0-9a-f]{8}\b/g;

test("no page in Hindi has a text left in English, breaks a rule of accessibility or is too wide", async (t) => {
  const wrong: string[] = [];
  for (const { name, path, person } of await allPages(t)) {
    const page = await t.page({ reducedMotion: "reduce" });
    t.expectConsole(/status of 40[34]/);
    if (person) await t.logIn(page, person);
    const data = await dataOfPage(page, () => page.goto(`/hi${path}`));
    assert.equal(await page.locator("html").getAttribute("lang"), "hi", name);
    wrong.push(...english(await textsOn(page), data).map((text) => `${name}: ${text}`));
    for (const { width, theme } of WINDOWS) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: HEIGHT });
      wrong.push(...(await violationsOf(page)).map((text) => `${name}, ${theme}: ${text}`));
    }
    await page.setViewportSize({ width: NARROWEST, height: HEIGHT });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > NARROWEST) wrong.push(`${name}: ${wide} px wide in a window of ${NARROWEST}`);
    await page.context().close();
  }
  assert.deepEqual(wrong, []);
});

test("a reader changes the language of a page, and stays in it from the list to the ticket", async (t) => {
  const event = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await page.goto(`/events?q=${encodeURIComponent(event.name)}`);
  await page.getByRole("link", { name: "हिन्दी" }).click();
  await page.getByRole("heading", { level: 3, name: event.name }).click();
  await page.getByRole("heading", { level: 1, name: event.name }).waitFor();
  const number = page.getByRole("main").getByRole("spinbutton").first();
  await number.fill("2");
  await number.blur();
  await page.getByRole("button", { name: hi.event.hold(2, "2") }).first().click();
  await page.getByRole("heading", { name: hi.checkout.title }).waitFor();
  assert.match(new URL(page.url()).pathname, /^\/hi\/checkout\//);
  await page.getByText(hi.checkout.held(2, "2")).first().waitFor();
  await page.getByRole("button", { name: hi.checkout.pay("₹500") }).click();
  await page.getByRole("status").getByText(hi.ticket.paid).waitFor();
  assert.match(new URL(page.url()).pathname, /^\/hi\/tickets\/\S+$/);
  await assertBoughtOnce(t, { person, eventId: event.eventId });
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: event.name }).waitFor();
  assert.match(new URL(page.url()).pathname, /^\/tickets\/\S+$/);
});

test("a log-in leads back in the reader's language", async (t) => {
  const person = await t.person();
  const page = await t.page();
  await page.goto("/hi/account/bookings");
  await page.getByLabel(hi.login.email).fill(person.email);
  await page.getByLabel(hi.login.password, { exact: true }).fill(person.password);
  await page.getByRole("button", { name: hi.login.signIn }).click();
  await page.getByRole("heading", { level: 1, name: hi.account.bookings }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/hi/account/bookings");
});

test("who makes an account in Hindi gets mails in Hindi, until the account says otherwise", async (t) => {
  const page = await t.page();
  const email = `${crypto.randomUUID()}@example.com`;
  await page.goto("/hi/register?to=/account");
  await page.getByLabel(hi.login.name).fill("Asha");
  await page.getByLabel(hi.login.email).fill(email);
  await page.getByLabel(hi.login.password, { exact: true }).fill("a long password");
  await page.getByRole("button", { name: hi.login.register }).click();
  const language = page.getByLabel(hi.account.mailLanguage);
  await language.waitFor();
  assert.equal(await language.inputValue(), "hi");
  const first = await eventually("the mail is there", () => Promise.resolve(mails.to(email)[0]));
  assert.equal(first.subject, "Evently में आपका स्वागत है");
  assert.match(first.text, /\/hi\/verify#token=/);

  await language.selectOption("en");
  await page.getByRole("button", { name: hi.account.save }).click();
  await page.getByText(hi.account.saved).waitFor();
  await page.reload();
  await language.waitFor();
  assert.equal(await language.inputValue(), "en");
});

test("a page names itself in each language, and is its own in Hindi", async (t) => {
  const page = await t.page({ javaScriptEnabled: false });
  const { eventId } = await publishEvent(t);
  for (const path of ["/", "/events", `/events/${eventId}`, "/help/refunds"]) {
    for (const language of ["en", "hi"]) {
      const own = (language === "hi" ? "/hi" : "") + path;
      await page.goto(own);
      const href = (selector: string) => page.locator(selector).getAttribute("href");
      assert.equal(await href("link[rel=canonical]"), t.origin + own);
      assert.equal(await href("link[hreflang=en]"), t.origin + path);
      assert.equal(await href("link[hreflang=hi]"), `${t.origin}/hi${path}`);
      assert.equal(await href("link[hreflang=x-default]"), t.origin + path);
    }
  }
  const answer = await fetch(`${t.origin}/hi?a=b`, { redirect: "manual" });
  assert.equal(answer.status, 308);
  assert.equal(answer.headers.get("Location"), "/hi/?a=b");
  const map = await (await fetch(`${t.origin}/sitemap.xml`)).text();
  assert.ok(map.includes(`<loc>${t.origin}/hi/events</loc>`));
  assert.ok(map.includes(`hreflang="hi" href="${t.origin}/hi/events"`));
});

test("the first page in Hindi loads the texts of no other language", async (t) => {
  const page = await t.page();
  let script = 0;
  const loaded: string[] = [];
  page.on("requestfinished", (request) => loaded.push(request.url()));
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "script") return;
    await response.finished();
    script += (await response.request().sizes()).responseBodySize;
  });
  await untilQuiet(page, () => page.goto("/hi/"));
  const bodies = await page.evaluate(
    async (paths) => await Promise.all(paths.map(async (path) => await (await fetch(path)).text())),
    [
      ...new Set(loaded.filter((url) => url.endsWith(".js"))),
    ],
  );
  assert.ok(bodies.some((text) => text.includes(hi.common.description)));
  assert.ok(!bodies.some((text) => text.includes(en.common.description)));
  assert.ok(script > 0 && script <= SCRIPT_LIMIT, `${script / KB} kB of script`);
});

/** All texts of messages that are no functions. */
function textsIn(messages: object): string[] {
  return Object.values(messages).flatMap((value) =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
      ? textsIn(value)
      : []
  );
}

function latinWords(text: string): string[] {
  return text.match(/[A-Za-z]{2,}/g) ?? [];
}

/** Opens a page and waits for all of it. @returns the texts of all data that it got */
async function dataOfPage(page: Page, open: () => Promise<unknown>): Promise<string[]> {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (type.includes("application/json")) bodies.push(response.text().catch(() => "null"));
  });
  await untilQuiet(page, open);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const state = await page.locator("#state").textContent();
  return [state ?? "null", ...await Promise.all(bodies)]
    .flatMap((body) => stringsIn(JSON.parse(body)))
    .flatMap((text) => [text, ...text.split(/\s*\n\s*/)])
    .filter((text) => /[A-Za-z]{2}/.test(text))
    .toSorted((a, b) => b.length - a.length);
}

function stringsIn(data: unknown): string[] {
  if (typeof data === "string") return [data];
  return typeof data === "object" && data !== null ? Object.values(data).flatMap(stringsIn) : [];
}

/** What a page says: its texts, those that only screen readers hear, and its title. */
async function textsOn(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const texts = [document.title];
    for (const element of document.body.querySelectorAll("*")) {
      if (element.closest("script, style, noscript, [lang=en]")) continue;
      for (const name of ["aria-label", "placeholder", "alt", "title"]) {
        texts.push(element.getAttribute(name) ?? "");
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? "");
      }
    }
    return texts.map((text) => text.replaceAll("\u2060", "").trim()).filter(Boolean);
  });
}

/** Those of a page's texts that are English, and none of its data. */
function english(texts: readonly string[], data: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => {
    if (data.includes(text)) return false;
    if (ENGLISH.has(text)) return true;
    const words = text.replaceAll(CODE, " ").replaceAll(
      /[A-Za-z]{2,}/g,
      (word) => LATIN.has(word) ? " " : word,
    );
    return latinWords(data.reduce((rest, known) => rest.replaceAll(known, " "), words)).length > 0;
  });
}
