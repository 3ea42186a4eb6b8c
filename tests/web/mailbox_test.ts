import assert from "node:assert/strict";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { webSuite } from "./suite.ts";

const suite = webSuite();

suite.test("a buyer's mail is in the mailbox, opens the ticket, and breaks no rule of accessibility", async (t) => {
  const { platform, origin } = t;
  const person = await t.person();
  const { events } = await dataOf(platform.api.GET("/api/event/events", {}));
  const event = events.find(({ available_seats }) => available_seats > 10)!;
  const reserve = await platform.call("POST", "/api/booking/bookings/reserve", {
    token: person.token,
    body: { event_id: event.event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  const { reservation_id } = reserve.body;
  await platform.call("POST", "/api/booking/bookings/confirm", {
    token: person.token,
    body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
  });
  // The sandbox that shows the mail belongs to no origin, as it should.
  t.expectConsole(/could not be origin-keyed/);
  const page = await t.page();
  const link = page.getByRole("listitem").filter({ hasText: person.email }).getByRole("link", {
    name: /Your tickets/,
  });
  await eventually("the mail is there", async () => {
    await page.goto(`${origin}/dev/mail`);
    return await link.count() > 0;
  });
  assert.deepEqual(await violationsOf(page), []);
  await link.first().click();
  await page.getByRole("heading", { level: 1, name: /Your tickets/ }).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  const mail = page.frameLocator("iframe");
  const href = await mail.getByRole("link", { name: "Open your ticket" }).getAttribute("href");
  await page.goto(origin + new URL(href!).pathname);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText(event.name).first().waitFor();
});
