import assert from "node:assert/strict";
import { ADMIN_ACCOUNTS, ADMIN_PAGES } from "@evently/shared/auth";
import { Unavailable } from "@evently/shared/errors";
import type { EventBookings } from "../peers/event_bookings.ts";
import { createEventWorld, type EventWorld } from "../testing/world.ts";
import { InvitationLinks } from "../organisations/invitation_links.ts";
import { createEventOutbox } from "./outbox.ts";

/** Bookings of which each call cancels one; fails on demand. */
function bookingsOf(
  remaining: number,
): Pick<EventBookings, "cancelAll" | "tellMoved"> & { asked: string[]; down: boolean } {
  const bookings = {
    asked: [] as string[],
    down: false,
    cancelAll(eventId: string) {
      bookings.asked.push(eventId);
      if (bookings.down) return Promise.reject(new Unavailable("booking is gone"));
      remaining = Math.max(0, remaining - 1);
      return Promise.resolve({ remaining });
    },
    tellMoved: () => Promise.resolve({ isDone: true }),
  };
  return bookings;
}

async function cancelledEvent(world: EventWorld): Promise<string> {
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
  return event_id;
}

function outboxOf(world: EventWorld, bookings: Pick<EventBookings, "cancelAll" | "tellMoved">) {
  const { sql, clock, context } = world;
  const accountMails = {
    ...context,
    sql,
    accounts: ADMIN_ACCOUNTS,
    pages: ADMIN_PAGES,
    links: { open: () => Promise.resolve(undefined) },
  };
  const invitations = new InvitationLinks(["secret"]);
  const outbox = createEventOutbox({
    sql,
    clock,
    log: context.log,
    bookings,
    accountMails,
    invitations,
  });
  return () => outbox.deliver("bookings.cancel");
}

Deno.test("the outbox cancels bookings of a cancelled event until none remain", async () => {
  await using world = await createEventWorld();
  const eventId = await cancelledEvent(world);
  const bookings = bookingsOf(3);
  const run = outboxOf(world, bookings);

  const passes = [await run(), await run(), await run(), await run()];
  assert.deepEqual(passes, [true, true, false, false]);

  assert.deepEqual(bookings.asked, [eventId, eventId, eventId]);
});

Deno.test("cancelEvent() enqueues its message in the same transaction", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const [written] = await world.sql`
    SELECT o.xmin = e.xmin AS together FROM outbox o JOIN events e USING (event_id)`;
  assert.deepEqual({ ...written }, { together: true });
});

Deno.test("the outbox retries while the booking service does not answer", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const bookings = bookingsOf(1);
  bookings.down = true;
  const run = outboxOf(world, bookings);

  assert.equal(await run(), false);
  await run();
  assert.equal(bookings.asked.length, 1, "it was asked again at once");
  world.clock.advance(1_000);
  await run();
  world.clock.advance(1_000);
  await run();
  assert.equal(bookings.asked.length, 2, "the second pause is not longer than the first");
  world.clock.advance(1_000);
  bookings.down = false;
  await run();
  assert.equal(bookings.asked.length, 3);
  world.clock.advance(3_600_000);
  await run();
  assert.equal(bookings.asked.length, 3);
});
