import assert from "node:assert/strict";
import { openPostgres } from "@evently/shared/postgres";
import { newId } from "@evently/shared/ids";
import type { Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { takeMails } from "./mails.ts";
import { webSuite, type WebTest } from "./suite.ts";

const MAILS_PER_HOUR = 3;
const mails = takeMails();
const suite = webSuite({ ...mails.variables, ACCOUNT_MAILS_PER_HOUR: `${MAILS_PER_HOUR}` });

const NEW_PASSWORD = "a wholly new password";
/** Answers that a test brings about are no mistakes of the page. */
const REFUSED = /Failed to load resource.*40[01]|429/;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const head = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const userName = (page: Page) => page.getByRole("banner").getByRole("link", { name: "Asha" });

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").click();
}

async function ask(page: Page, email: string, path = "/forgot"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("E-mail").fill(email);
  await button(page, "Send the mail").click();
  await head(page, "Look in your mail").waitFor();
}

async function choose(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password").fill(password);
  await button(page, "Set the password").click();
}

suite.test("a forgotten password is set anew, from the log-in by a mail to the log-in", async (t) => {
  t.expectConsole(REFUSED);
  const { email, password } = await t.person();
  const page = await t.page();
  await page.goto("/login?to=%2Faccount");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await head(page, "Set a new password").waitFor();
  assert.equal(await page.getByLabel("E-mail").inputValue(), email, "what was typed is kept");
  assert.ok(!page.url().includes("example.com"), "and not by the address");
  await button(page, "Send the mail").click();
  const sent = head(page, "Look in your mail");
  await sent.waitFor();
  assert.equal(await sent.evaluate((element) => element === document.activeElement), true);
  const text = `If an account has the address ${email}, a mail is on its way.`;
  await page.getByText(`${text} Its link works once, for 1 hour.`).waitFor();

  await page.goto(await mails.link(email, "reset"));
  await eventually(
    "the token is out of the address bar",
    () => Promise.resolve(page.url() === `${t.origin}/reset`),
  );
  await choose(page, "short");
  await page.getByRole("alert").getByRole("link", { name: /8 to 128 characters/ }).waitFor();
  assert.match(await page.title(), /^Choose|^Error: /);
  await choose(page, NEW_PASSWORD);
  await head(page, "Your password is changed").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, email, password);
  await page.getByRole("alert").getByText("do not go together").waitFor();
  await signIn(page, email, NEW_PASSWORD);
  await page.waitForURL(`${t.origin}/`);
  await userName(page).waitFor();
});

suite.test("a new password ends the log-in of this browser, in every tab", async (t) => {
  t.expectConsole(REFUSED);
  const person = await t.person();
  const first = await t.page();
  await t.logIn(first, person);
  const second = await first.context().newPage();
  await second.goto("/account/bookings");
  await userName(second).waitFor();
  await ask(first, person.email);
  await first.goto(await mails.link(person.email, "reset"));
  await userName(first).waitFor();
  await choose(first, NEW_PASSWORD);
  await head(first, "Your password is changed").waitFor();
  await first.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
  await second.waitForURL((url) => url.pathname === "/login");
});

suite.test("the log-in of somebody else in this browser goes on", async (t) => {
  const [person, other] = await Promise.all([t.person(), t.person()]);
  const page = await t.page();
  await t.logIn(page, other);
  await ask(page, person.email);
  await page.goto(await mails.link(person.email, "reset"));
  await choose(page, NEW_PASSWORD);
  await head(page, "Your password is changed").waitFor();
  await page.goto("/account");
  await page.getByText(other.email).first().waitFor();
});

suite.test("a link that was used leads to a new one, which works where the page is open", async (t) => {
  t.expectConsole(REFUSED);
  const { email } = await t.person();
  const page = await t.page();
  await ask(page, email);
  const link = await mails.link(email, "reset");
  await page.goto(link);
  await choose(page, NEW_PASSWORD);
  await head(page, "Your password is changed").waitFor();
  await page.goto("/");
  await page.goto(link);
  await choose(page, "yet another password");
  await head(page, "This link does not work any more").waitFor();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  // The address changes before the page does.
  await head(page, "Set a new password").waitFor();
  await page.goBack();
  await head(page, "The link is missing").waitFor();
  await ask(await page.context().newPage(), email, `${t.origin}/forgot`);
  const next = await mails.link(email, "reset", 2);
  await page.evaluate((hash) => location.hash = hash, new URL(next, t.origin).hash);
  await choose(page, "yet another password");
  await head(page, "Your password is changed").waitFor();
});

suite.test("a link that has expired says so, and leads to a new one", async (t) => {
  t.expectConsole(REFUSED);
  const { email, userId } = await t.person();
  const page = await t.page();
  await ask(page, email);
  const link = await mails.link(email, "reset");
  const users = openPostgres(t.platform.usersUrl, { max: 1, name: "recovery-test" });
  await users`
    UPDATE account_links SET requested_at = requested_at - interval '2 hours',
           expires_at = expires_at - interval '2 hours'
     WHERE subject_id = ${userId}`;
  await users.end();
  await page.goto(link);
  await choose(page, NEW_PASSWORD);
  await head(page, "This link does not work any more").waitFor();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await head(page, "Set a new password").waitFor();
});

suite.test("the page says the same of an address without an account, and no mail is sent", async (t) => {
  const { email } = await t.person();
  const unknown = `${newId()}@example.com`;
  const page = await t.page();
  const texts: string[] = [];
  for (const address of [unknown, email]) {
    await ask(page, address);
    texts.push((await page.getByRole("main").innerText()).replace(address, "…"));
  }
  assert.equal(texts[0], texts[1]);
  await mails.link(email, "reset");
  assert.deepEqual(mails.to(unknown), []);
});

suite.test("too many mails say when again; without a network the form says so", async (t) => {
  t.expectConsole(/429|ERR_INTERNET_DISCONNECTED/);
  const { email } = await t.person();
  const page = await t.page();
  await ask(page, email);
  for (let sent = 1; sent < MAILS_PER_HOUR; sent++) {
    const answer = page.waitForResponse("**/forgot-password");
    await button(page, "Send it again").click();
    assert.equal((await answer).status(), 202);
    await page.getByText("Sent once more").waitFor();
  }
  await button(page, "Send it again").click();
  await page.getByText(/Too many tries\. Again in \d+ (minute|second)s?\./).waitFor();
  assert.equal(await button(page, "Send it again").getAttribute("aria-disabled"), "true");
  await button(page, "Use another address").click();
  await page.context().setOffline(true);
  await button(page, "Send the mail").click();
  await page.getByRole("alert").getByText("We have no answer").waitFor();
});

suite.test("an address is verified by a press, which a reader of links does not do", async (t) => {
  t.expectConsole(REFUSED);
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account");
  const note = page.getByText("Your e-mail is not verified yet");
  await note.waitFor();
  const link = await mails.link(person.email, "verify");
  const scanner = await t.page();
  await scanner.goto(link);
  await button(scanner, "Verify my e-mail").waitFor();

  const other = await page.context().newPage();
  await other.goto(link);
  await other.waitForURL(`${t.origin}/verify`);
  await button(other, "Verify my e-mail").click();
  await head(other, "Your e-mail is verified").waitFor();
  await page.goto("/account");
  await page.getByLabel("Name").waitFor();
  assert.equal(await note.count(), 0);

  await button(scanner, "Verify my e-mail").click();
  await head(scanner, "This link does not work any more").waitFor();
  await scanner.getByRole("link", { name: "Sign in, and get a new link" }).waitFor();
  await other.goto("/");
  await other.goto(link);
  await button(other, "Verify my e-mail").click();
  await head(other, "This link does not work any more").waitFor();
  await other.getByText("your e-mail is verified already").waitFor();
});

suite.test("the account page sends another mail to verify the address, by keyboard alone", async (t) => {
  t.expectConsole(/429/);
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account");
  const again = button(page, "Send it again");
  await again.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("A new mail is on its way").waitFor();
  assert.equal(await again.evaluate((element) => element === document.activeElement), true);
  const link = await mails.link(person.email, "verify", 2);
  for (let press = 0; press < MAILS_PER_HOUR; press++) {
    const answer = page.waitForResponse("**/verify-email/send");
    await page.keyboard.press("Enter");
    await (await answer).finished();
    await page.locator("button[aria-busy=false]", { hasText: "Send it again" }).waitFor();
    if ((await answer).status() === 429) break;
  }
  await page.getByText(/Too many tries\. Again in \d+ (minute|second)s?\./).waitFor();
  assert.ok(link.startsWith("/verify#token="));
});

suite.test("organisers set a new password and verify their address by pages of the same kind", async (t) => {
  const { api } = t.platform;
  const organiser = { email: `${newId()}@example.com`, password: "a long password", name: "Ravi" };
  await dataOf(
    api.POST("/api/event/auth/admin/register", { body: { ...organiser, role: "event_manager" } }),
  );
  const page = await t.page();
  const verify = await mails.link(organiser.email, "verify");
  assert.match(verify, /^\/verify\?account=organiser#/);
  await page.goto(verify);
  await button(page, "Verify my e-mail").click();
  await head(page, "Your e-mail is verified").waitFor();

  await ask(page, organiser.email, "/forgot?account=organiser");
  const reset = await mails.link(organiser.email, "reset");
  assert.match(reset, /^\/reset\?account=organiser#/);
  await page.goto(reset);
  await choose(page, NEW_PASSWORD);
  await head(page, "Your password is changed").waitFor();
  assert.equal(await statusOf(t, organiser), 401);
  assert.equal(await statusOf(t, { ...organiser, password: NEW_PASSWORD }), 200);
});

async function statusOf(
  { platform: { api } }: WebTest,
  account: { email: string; password: string },
) {
  const { email, password } = account;
  const { response } = await api.POST("/api/event/auth/admin/login", { body: { email, password } });
  return response.status;
}

suite.test("pages of links are neither kept nor found, and tell their address to nobody", async (t) => {
  for (const path of ["/reset", "/verify"]) {
    const response = await fetch(t.origin + path, { headers: { Accept: "text/html" } });
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("Cache-Control"), "private, no-store");
    assert.equal(response.headers.get("X-Robots-Tag"), "noindex");
    assert.equal(response.headers.get("Referrer-Policy"), "no-referrer");
    await response.body?.cancel();
  }
});

suite.test("without script the pages say what they need, and no button pretends to work", async (t) => {
  const page = await t.page({ javaScriptEnabled: false });
  for (const path of ["/forgot", "/reset", "/verify"]) {
    await page.goto(path);
    assert.match(await page.locator("noscript").innerText(), /This page needs JavaScript/, path);
    assert.equal(await page.locator("main button[type=submit]").isDisabled(), true, path);
  }
});
