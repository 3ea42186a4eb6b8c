import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { bookedOf, openEvent, pageOf, payButton, publishEvent, seesTicket } from "./buying.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

/**
 * Keeps what each page asks for until all of them have asked: a seat that is sold before would take the button away that
 * the other page is about to press.
 */
async function sendTogether(pages: readonly Page[], url: string): Promise<void> {
  const asked = pages.map(() => Promise.withResolvers<void>());
  const haveAsked = Promise.all(asked.map(({ promise }) => promise));
  await Promise.all(pages.map((page, i) =>
    page.route(url, async (route) => {
      asked[i]!.resolve();
      await haveAsked;
      await route.continue();
    })
  ));
}

test("of two browsers that hold the last seat, one gets it and the other is offered the waitlist", async (t) => {
  t.expectConsole(/409/);
  const event = await publishEvent(t, { capacity: 1 });
  const people = await Promise.all([t.person(), t.person()]);
  const pages = await Promise.all(people.map((person) => pageOf(t, person)));
  const buttons = await Promise.all(pages.map(async (page) => {
    await openEvent(page, event.eventId, 1);
    const button = page.getByRole("button", { name: "Hold 1 ticket" }).first();
    await button.waitFor();
    return button;
  }));
  await sendTogether(pages, "**/bookings/reserve");
  await Promise.all(buttons.map((button) => button.click()));

  const held = pages.map((page) => page.getByText("1 ticket is held for you").waitFor());
  const winner = await Promise.any(held.map((seen, i) => seen.then(() => i)));
  const [winning, losing] = [pages[winner]!, pages[1 - winner]!];
  held.forEach((seen) => seen.catch(() => {}));
  const waitlist = losing.getByRole("link", { name: "Join the waitlist" }).first();
  await waitlist.waitFor();
  assert.match(await waitlist.getAttribute("href") ?? "", new RegExp(`/waitlist/${event.eventId}`));

  await payButton(winning, "₹250").click();
  await seesTicket(winning);
  const booked = await Promise.all(
    people.map((person) => bookedOf(t, { person, eventId: event.eventId })),
  );
  assert.equal(booked.flat().length, 1);
  assert.equal(booked[winner]![0]!.payments, 1);
});
