import assert from "node:assert/strict";
import { HookReceiver } from "../../services/event/testing/hooks.ts";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { consolePageOf } from "./console_login.ts";
import { eventWithLine } from "./selling.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

test("an organiser sees who waits, pauses the line, and sees the offer with its time once it goes on", async (t) => {
  const { eventId, buyer, bookingIds, waiting } = await eventWithLine(t, 2);
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}/waitlist`);
  const row = page.getByRole("row", { name: /^Ben Okri/ });
  await row.getByText(waiting.email).waitFor();
  await row.getByText("1 ticket", { exact: true }).waitFor();
  await row.getByText("No seat has come back.").waitFor();
  await page.getByRole("button", { name: "Pause offers" }).click();
  await page.getByText(/^Paused since /).waitFor();

  const headers = { Authorization: `Bearer ${buyer.token}` };
  const params = { path: { id: bookingIds[0]! } };
  await dataOf(t.platform.api.DELETE("/api/booking/bookings/{id}", { headers, params }));
  await row.getByText("You have paused the line.").waitFor();
  await page.getByRole("button", { name: "Go on with offers" }).click();
  await row.getByText("1 × General admission offered").waitFor();
  const left = row.getByText(/^\d+:\d\d left$/);
  const before = await left.innerText();
  await eventually("the time goes on", async () => await left.innerText() !== before);
  await page.getByText("1 offer open on this page").waitFor();
});

test("a webhook is made, tested, rotated and paused; its secret is shown once, its answers stay", async (t) => {
  await using receiver = new HookReceiver();
  const page = await consolePageOf(t);
  await page.goto("/console/team");
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("button", { name: "New webhook" }).click();
  const form = page.getByRole("dialog", { name: "New webhook" });
  await form.getByRole("button", { name: "Make the webhook" }).click();
  await form.getByRole("link", { name: "Enter an address that begins with https://" }).waitFor();
  await form.getByRole("link", { name: "Choose at least one thing to tell" }).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await form.getByRole("textbox", { name: "Address" }).fill(receiver.url());
  await form.getByRole("textbox", { name: "What it is for" }).fill("The till");
  await form.getByRole("checkbox", { name: "Paid, or free" }).check();
  await form.getByRole("button", { name: "Make the webhook" }).click();
  const secret = page.getByText(/^whsec_/);
  const first = await secret.innerText();
  assert.deepEqual(await violationsOf(page), []);
  await page.getByRole("button", { name: "I have it" }).click();
  await secret.waitFor({ state: "detached" });

  await page.getByRole("link", { name: receiver.url() }).click();
  await page.getByRole("heading", { level: 1, name: "The till" }).waitFor();
  await page.getByRole("button", { name: "Send a test message" }).click();
  const ping = page.getByRole("row", { name: /^Test message/ });
  await ping.getByText("Delivered").waitFor();
  await ping.getByText(/answered 2\d\d, in [\d,]+ ms/).waitFor();
  await ping.getByRole("button", { name: "Send again" }).click();
  await ping.getByText("2 attempts").waitFor();
  assert.equal(receiver.received.length, 2);

  await page.getByRole("button", { name: "New secret" }).click();
  assert.notEqual(await secret.innerText(), first);
  await page.getByText(/^The former secret signs, too, until \w{3} /).waitFor();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Paused. Messages wait, for seven days.").waitFor();
  await page.getByRole("button", { name: "Send again" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the webhook" }).click();
  await page.waitForURL(/\/console\/webhooks$/);
  await page.getByRole("link", { name: receiver.url() }).waitFor({ state: "detached" });
});
