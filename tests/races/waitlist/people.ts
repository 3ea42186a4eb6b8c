import assert from "node:assert/strict";
import { send, type Site } from "./site.ts";

/** A user who waits, or wants to. */
export interface Waiter {
  userId: string;
  quantity: number;
  minQuantity: number;
  /** In order of preference; absent where the event has one type. */
  ticketTypeIds: readonly string[] | undefined;
}

/** Who bought seats. */
export interface Owner {
  userId: string;
  bookingId: string;
}

/** Buys seats as a new user. */
export async function buy(
  { world }: Site,
  { eventId, quantity, ticketTypeId }: {
    eventId: string;
    quantity: number;
    ticketTypeId?: string | undefined;
  },
): Promise<Owner> {
  const bought = await world.reserve({ eventId, lines: [{ ticketTypeId, quantity }] });
  await world.confirm(bought);
  return bought;
}

/** Cancels a booking, and delivers the message that frees its seats. */
export async function giveBack(
  site: Site,
  { userId, bookingId }: Owner,
  place = site.places[0],
): Promise<void> {
  const { code } = await send(site, place, ["DELETE", `/bookings/${bookingId}`], { userId });
  assert.equal(code, undefined);
  await place.run({ name: "deliver" });
}

/** Joins the waitlist of an event; returns the id of the entry. */
export async function join(
  site: Site,
  { eventId, waiter }: { eventId: string; waiter: Waiter },
): Promise<string> {
  const joined = await send<{ waitlist_id: string }>(
    site,
    site.places[0],
    ["POST", "/waitlist/join"],
    { userId: waiter.userId, body: joinBody(eventId, waiter) },
  );
  assert.ok(joined.body, `not joined: ${joined.code}`);
  return joined.body.waitlist_id;
}

/** The request by which somebody joins. */
export function joinBody(
  eventId: string,
  { quantity, minQuantity, ticketTypeIds }: Omit<Waiter, "userId">,
) {
  return {
    event_id: eventId,
    quantity,
    min_quantity: minQuantity,
    ...(ticketTypeIds ? { ticket_type_ids: ticketTypeIds } : {}),
  };
}
