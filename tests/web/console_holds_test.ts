import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { holdByApi, openEvent, pageOf, publishEvent } from "./buying.ts";
import { consolePageOf, newAnalyst } from "./console_login.ts";
import { organiserOf } from "./organiser.ts";
import { buyByApi, holdInVain, namedPerson } from "./selling.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

const NARROWEST = 320;

test("an organiser is warned of an account that holds without paying, blocks it, and unblocks it", async (t) => {
  const { eventId } = await publishEvent(t, { capacity: 40 });
  const bot = await namedPerson(t, "Nobody Inparticular");
  await holdInVain(t, bot, { eventId, times: 20 });
  await holdByApi(t, bot, { eventId, quantity: 6 });
  const buyer = await namedPerson(t, "Asha Rao");
  await buyByApi(t, buyer, { eventId, quantity: 2 });

  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await page.getByText("A few accounts hold tickets again and again without paying.").waitFor();
  await page.getByRole("link", { name: "See who holds" }).click();
  await page.getByRole("heading", { level: 1, name: "Unpaid holds" }).waitFor();
  await page.getByText("20 of 21 holds ended unpaid").first().waitFor();
  await page.getByText("95 %").first().waitFor();
  const number = bot.userId.slice(0, 8);
  const row = page.getByRole("row", { name: new RegExp(`^${number} 6 20 20 0 May reserve`) });
  await row.waitFor();
  assert.equal(await page.getByText(bot.name).count(), 0, "a name is not needed");
  await assertFits(page);

  await row.getByRole("button", { name: `Block account ${number}` }).click();
  const dialog = page.getByRole("dialog", { name: `Block account ${number} for a day?` });
  assert.deepEqual(await violationsOf(page), []);
  await dialog.getByRole("button", { name: "Block it" }).click();
  await page.getByRole("status").getByText("Blocked. 6 tickets are on sale again.").waitFor();
  await page.getByRole("row", { name: new RegExp(`^${number} 0 26 26 0 Blocked until `) })
    .waitFor();
  const refused = await t.platform.api.POST("/api/booking/bookings/reserve", {
    headers: { Authorization: `Bearer ${bot.token}` },
    body: { event_id: eventId, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  assert.equal(refused.response.status, 409);
  await buyByApi(t, buyer, { eventId, quantity: 6 });

  await page.getByRole("button", { name: `Unblock account ${number}` }).click();
  await page.getByRole("status").getByText("Unblocked. It may reserve again.").waitFor();
  await holdByApi(t, bot, { eventId, quantity: 1 });
  assert.deepEqual(await violationsOf(page), []);
  await page.goto("/console/changes");
  await page.getByText("Blocked an account for").first().waitFor();
});

test("a blocked buyer is told so in the shop, in plain words", async (t) => {
  t.expectConsole(/status of 409/);
  const { eventId } = await publishEvent(t);
  const person = await namedPerson(t, "Ben Okri");
  const { headers } = await organiserOf(t.platform);
  await dataOf(t.platform.api.PUT("/api/event/admin/events/{id}/holds/blocks/{user_id}", {
    headers,
    params: { path: { id: eventId, user_id: person.userId } },
    body: { hours: 1 },
  }));
  const page = await pageOf(t, person);
  await openEvent(page, eventId, 1);
  await page.getByRole("button", { name: /^Hold 1 ticket/ }).first().click();
  await page.getByText("The organiser takes no reservations from your account for now.").waitFor();
});

test("who only reads sees unpaid holds and no button, in Hindi too", async (t) => {
  const { eventId } = await publishEvent(t);
  const bot = await namedPerson(t, "Ben Okri");
  await holdInVain(t, bot, { eventId, times: 2 });
  const page = await consolePageOf(t, { account: await newAnalyst(t) });
  await page.goto(`/hi/console/events/${eventId}/holds`);
  await page.getByRole("heading", { level: 1, name: "बिना भुगतान के होल्ड" }).waitFor();
  await page.getByRole("row", { name: new RegExp(`^${bot.userId.slice(0, 8)} 0 2 2 0`) }).waitFor();
  assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
  await assertFits(page);
});

/** Asserts that a page breaks no rule of accessibility, in light and dark, and fits into a narrow window. */
async function assertFits(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violationsOf(page), [], colorScheme);
  }
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: NARROWEST, height: size.height });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= NARROWEST, `${width} px wide in a window of ${NARROWEST}`);
  await page.setViewportSize(size);
}
