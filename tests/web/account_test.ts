import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { webSuite } from "./suite.ts";

const suite = webSuite();

suite.test("a profile is changed, and what is wrong with it is said", async (t) => {
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account");
  const other = await page.context().newPage();
  await other.goto("/help/refunds");
  await headerName(other, person.name).waitFor();
  const name = page.getByLabel("Name");
  await name.fill(" ");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Enter your name" }).waitFor();
  await name.fill("Asha Kulkarni");
  await page.getByLabel("Phone").fill("+91 98200 10001");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await Promise.all([page, other].map((tab) => headerName(tab, "Asha Kulkarni").waitFor()));
  await page.reload();
  await headerName(page, "Asha Kulkarni").waitFor();
  await name.waitFor();
  assert.equal(await name.inputValue(), "Asha Kulkarni");
  assert.equal(await page.getByLabel("Phone").inputValue(), "+91 98200 10001");
});

suite.test("the chosen look is there before anything is painted, on every page", async (t) => {
  const person = await t.person();
  const page = await t.page({ colorScheme: "light" });
  await t.logIn(page, person);
  await page.goto("/account");
  await page.getByLabel("Name").waitFor();
  await page.getByRole("radio", { name: "Dark" }).check();
  // Without the page's own program, only what runs before the first paint is left.
  const bare = await page.context().newPage();
  await bare.route("**/assets/app-*.js", (route) => route.abort());
  t.expectConsole(/Failed to load resource: net::ERR_FAILED/);
  await bare.goto("/");
  const look = await bare.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(look, "dark");
});

suite.test("signing out everywhere ends the log-in of another device", async (t) => {
  t.expectConsole(/401/);
  const person = await t.person();
  const here = await t.page(), elsewhere = await t.page();
  for (const page of [here, elsewhere]) {
    await t.logIn(page, person);
    await page.goto("/account");
    await page.getByLabel("Name").waitFor();
  }
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await here.waitForURL(`${t.origin}/`);
  await elsewhere.reload();
  await elsewhere.waitForURL((url) => url.pathname === "/login");
});

suite.test("without bookings there is a way to some", async (t) => {
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account/bookings");
  await page.getByText("No tickets yet. What are you going to?").waitFor();
  assert.equal(await page.getByRole("link", { name: "Find an event" }).count(), 1);
  await page.getByRole("link", { name: "Past" }).click();
  await page.getByText("Nothing is past yet.").waitFor();
});

/** The name of who is logged in, in the header of a page. */
function headerName(page: Page, name: string) {
  return page.getByRole("banner").getByRole("link", { name, exact: true });
}
