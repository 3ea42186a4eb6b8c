import assert from "node:assert/strict";
import { holdByApi, publishEvent } from "./buying.ts";
import { violationsOf } from "./axe.ts";
import { consolePageOf, newOrganiser } from "./console_login.ts";
import { organiserOf } from "./organiser.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite();

suite.test("one downloads one's data, and deletes the account after saying what becomes of tickets", async (t) => {
  t.expectConsole(/status of 40[0139]/);
  const person = await t.person();
  const { eventId } = await publishEvent(t);
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/account");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "evently.json");
  const file = JSON.parse(await Deno.readTextFile(await download.path()));
  assert.equal(file.profile.email, person.email);
  assert.equal(file.bookings[0].booking_id, bookingId);

  const { status } = await t.platform.call("POST", "/api/booking/bookings/confirm", {
    token: person.token,
    body: { reservation_id: bookingId, payment_token: "tok_visa", payment_method: "card" },
  });
  assert.equal(status, 200);
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByRole("link").waitFor();
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByText("This is not your password").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByText("You have paid tickets").waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await page.getByRole("checkbox", { name: /Cancel my paid tickets/ }).check();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.waitForURL(`${t.origin}/`);

  await page.goto("/account");
  await page.waitForURL((url) => url.pathname === "/login");
  const { email, password } = person;
  const logIn = await t.platform.call("POST", "/api/user/auth/login", {
    body: { email, password },
  });
  assert.equal(logIn.status, 401);
});

suite.test("who keeps their account loses nothing, also in Hindi", async (t) => {
  const person = await t.person();
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto("/hi/account");
  await page.getByRole("button", { name: "मेरा अकाउंट मिटाएँ" }).click();
  assert.deepEqual(await violationsOf(page), []);
  await page.getByRole("button", { name: "अकाउंट रखें" }).click();
  await page.getByRole("button", { name: "मेरा डेटा डाउनलोड करें" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "आपका डेटा" }).waitFor();
});

suite.test("an organiser downloads their data, and deletes the account when nobody needs it", async (t) => {
  t.expectConsole(/status of 40[0139]/);
  const account = await newOrganiser(t);
  const own = await organiserOf(t.platform, account);
  const eventId = await own.event();
  const page = await consolePageOf(t, { account });
  await page.goto("/console");
  await page.getByRole("link", { name: "Your account" }).click();
  await page.waitForURL("**/console/account");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "evently-organiser.json");
  const file = JSON.parse(await Deno.readTextFile(await download.path()));
  assert.equal(file.profile.email, account.email);

  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByRole("link").waitFor();
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByText("This is not your password").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("alert").getByText("Nobody else can answer").waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await own.cancel(eventId);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.waitForURL((url) => url.pathname === "/console/login");
  const { email, password } = account;
  const logIn = await t.platform.call("POST", "/api/event/auth/admin/login", {
    body: { email, password },
  });
  assert.equal(logIn.status, 401);
});

suite.test("an organiser who keeps their account loses nothing, also in Hindi", async (t) => {
  const account = await newOrganiser(t);
  const page = await consolePageOf(t, { account });
  await page.goto("/hi/console/account");
  await page.getByRole("button", { name: "मेरा अकाउंट मिटाएँ" }).click();
  assert.deepEqual(await violationsOf(page), []);
  await page.getByRole("button", { name: "अकाउंट रखें" }).click();
  await page.getByRole("button", { name: "मेरा डेटा डाउनलोड करें" }).waitFor();
});
