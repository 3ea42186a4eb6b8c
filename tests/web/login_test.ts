import assert from "node:assert/strict";
import { openPostgres } from "@evently/shared/postgres";
import type { Page } from "playwright-core";
import { eventually } from "../journeys/platform.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite({ LOGIN_GUESSES_PER_MINUTE: "2" });
const REFRESH = "**/auth/user/refresh";
/** Answers that a test brings about are no mistakes of the page. */
const REFUSED = /Failed to load resource.*40[19]|429/;

async function fillLogin(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

const signIn = (page: Page) => page.getByRole("button", { name: "Sign in" });
const userName = (page: Page) => page.getByRole("banner").getByRole("link", { name: "Asha" });

suite.test("two tabs at the end of a token renew it once, and both stay in", async (t) => {
  const person = await t.person();
  const first = await t.page();
  await t.logIn(first, person);
  const second = await first.context().newPage();
  await first.clock.install();
  for (const page of [first, second]) {
    await page.goto("/account");
    await page.getByLabel("Name").waitFor();
  }
  let renewals = 0;
  const gate = Promise.withResolvers<void>();
  await first.context().route(REFRESH, async (route) => {
    renewals++;
    await gate.promise;
    await route.continue();
  });
  const waiting = () =>
    second.evaluate(async () => (await navigator.locks.query()).pending?.length === 1);
  const idle = () =>
    second.evaluate(async () => {
      const { held, pending } = await navigator.locks.query();
      return held?.length === 0 && pending?.length === 0;
    });
  // The tabs share their clock.
  await first.clock.fastForward("14:30");
  await eventually("one tab asks", () => Promise.resolve(renewals === 1));
  await eventually("the other tab waits for it", waiting);
  gate.resolve();
  await eventually("both are done", idle);
  assert.equal(renewals, 1);
  for (const page of [first, second]) {
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    assert.equal(new URL(page.url()).pathname, "/account");
  }
  assert.equal(renewals, 1, "the new token serves both");
});

suite.test("a reload while the answer to a renewal is on its way logs nobody out", async (t) => {
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account");
  await page.getByLabel("Name").waitFor();
  // The service renews, and its answer is lost with the page.
  const lost = Promise.withResolvers<void>();
  await page.route(REFRESH, async (route) => {
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const response = await fetch(`${t.origin}/auth/user/refresh`, {
      method: "POST",
      headers: {
        Cookie: cookie,
        "Content-Type": "application/json",
        "Sec-Fetch-Site": "same-origin",
      },
      body: "{}",
    });
    assert.equal(response.status, 200);
    await response.body?.cancel();
    lost.resolve();
    await route.abort().catch(() => {});
  }, { times: 1 });
  t.expectConsole(/Failed to load resource: net::ERR_FAILED/);
  await page.reload({ waitUntil: "commit" });
  await lost.promise;
  await page.reload();
  await userName(page).waitFor();
  await page.getByLabel("Name").waitFor();
});

suite.test("a stolen token that comes after its time ends the log-in", async (t) => {
  t.expectConsole(REFUSED);
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  const [stolen] = (await page.context().cookies()).filter(({ name }) => name === "evently_user");
  await page.goto("/account");
  await page.getByLabel("Name").waitFor();
  const users = openPostgres(t.platform.usersUrl, { max: 1, name: "login-test" });
  await users`
    UPDATE refresh_tokens SET rotated_at = rotated_at - interval '1 hour'
     WHERE subject_id = ${person.userId}`;
  await users.end();
  const thief = await fetch(`${t.origin}/auth/user/refresh`, {
    method: "POST",
    headers: {
      Cookie: `evently_user=${stolen!.value}`,
      "Content-Type": "application/json",
      "Sec-Fetch-Site": "same-origin",
    },
    body: "{}",
  });
  assert.equal(thief.status, 401);
  await thief.body?.cancel();
  await page.reload();
  await page.waitForURL((url) => url.pathname === "/login");
  assert.equal(new URL(page.url()).searchParams.get("to"), "/account");
});

suite.test("a log-out in one tab ends the other, which keeps its way back", async (t) => {
  const person = await t.person();
  const first = await t.page();
  await t.logIn(first, person);
  const second = await first.context().newPage();
  await first.goto("/account");
  await second.goto("/account/bookings");
  await userName(second).waitFor();
  await first.getByRole("button", { name: "Sign out", exact: true }).click();
  await first.waitForURL(`${t.origin}/`);
  await first.getByRole("link", { name: "Sign in" }).waitFor();
  await second.waitForURL((url) => url.pathname === "/login");
  assert.equal(new URL(second.url()).searchParams.get("to"), "/account/bookings");
  await fillLogin(second, person.email, person.password);
  await signIn(second).click();
  await second.waitForURL(`${t.origin}/account/bookings`);
  await userName(first).waitFor();
});

suite.test("a wrong password says so, and the right one leads back", async (t) => {
  t.expectConsole(REFUSED);
  const { email, password } = await t.person();
  const page = await t.page();
  await page.goto("/account/bookings?show=past");
  await page.waitForURL((url) => url.pathname === "/login");
  await fillLogin(page, email, "not the password");
  await signIn(page).click();
  const alert = page.getByRole("alert");
  await alert.getByText("do not go together").waitFor();
  assert.match(await page.title(), /^Error: /);
  await alert.getByRole("link").click();
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "email");
  await fillLogin(page, email, password);
  await signIn(page).click();
  await page.waitForURL(`${t.origin}/account/bookings?show=past`);
});

suite.test("after too many tries it says when again, and the right password still works", async (t) => {
  t.expectConsole(REFUSED);
  const { email, password } = await t.person();
  const page = await t.page();
  await page.goto("/login");
  for (const guess of ["first guess", "second guess", "third guess"]) {
    await fillLogin(page, email, guess);
    await Promise.all([page.waitForResponse("**/auth/user/login"), signIn(page).click()]);
  }
  await page.getByText(/Too many tries\. Again in \d+ seconds?\./).waitFor();
  assert.equal(await signIn(page).isDisabled(), true);
  await page.goto("/login");
  await fillLogin(page, email, password);
  await signIn(page).click();
  await page.waitForURL(`${t.origin}/`);
});

suite.test("a way back that leads elsewhere is ignored", async (t) => {
  const { email, password } = await t.person();
  for (const to of ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]) {
    const page = await t.page();
    await page.goto(`/login?to=${encodeURIComponent(to)}`);
    await fillLogin(page, email, password);
    await signIn(page).click();
    await userName(page).waitFor();
    await page.waitForURL(`${t.origin}/`);
  }
});

suite.test("an account is made by keyboard alone; what is wrong takes focus", async (t) => {
  const page = await t.page();
  await page.goto("/register");
  const make = page.getByRole("button", { name: "Make the account" });
  await eventually("the form works", () => make.isEnabled());
  await make.focus();
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.equal(await alert.evaluate((box) => box === document.activeElement), true);
  assert.equal(await alert.getByRole("link").count(), 3);
  const name = page.getByLabel("Name");
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  assert.match(await name.getAttribute("aria-describedby") ?? "", /name-error/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Asha");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`${crypto.randomUUID()}@example.com`);
  await page.keyboard.press("Tab");
  await page.keyboard.type("a long password");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${t.origin}/`);
  await userName(page).waitFor();
});

suite.test("a demo account logs in by one press in development", async (t) => {
  const page = await t.page();
  await page.goto("/login?to=%2Faccount");
  await page.getByRole("button", { name: "user1@example.com" }).click();
  await page.waitForURL(`${t.origin}/account`);
});
