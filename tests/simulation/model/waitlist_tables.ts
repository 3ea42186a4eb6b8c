import type { OfferEnd } from "../../../services/booking/waitlist/ended_offers_sql.ts";
import type { WaitlistEntry, WaitlistOffer } from "../../../services/booking/waitlist/entry.ts";
import type { FactTopic } from "../../../services/booking/waitlist/facts_sql.ts";
import { gatherMsOf } from "../../../services/booking/waitlist/gathering.ts";
import type { RecordedPass } from "../../../services/booking/waitlist/store.ts";
import type { BookingRow, BookingTables } from "./tables.ts";

/** A row of `waitlist_queues`. */
export interface QueueRow {
  eventId: string;
  lastPlace: number;
  joinedAt: Date | undefined;
  version: number;
  isOpen: boolean;
  pausedAt: Date | undefined;
  claimedAt: Date | undefined;
}

/** A row of `waitlist_entries`: a waiting one keeps the offer that it let go. */
export interface EntryRow extends Omit<WaitlistEntry, "offer"> {
  lastOffer: WaitlistOffer | undefined;
}

/** A row of `waitlist_passes`. */
export interface PassRow extends RecordedPass {
  offerId: string;
}

/** A row of `waitlist_claims`. */
export interface ClaimRow {
  claimId: string;
  eventId: string;
  offerId: string;
  claimedAt: Date;
}

const ACTIVE: ReadonlySet<string> = new Set(["joining", "waiting", "offering", "offered"]);

/** Whether an entry has not ended. */
export function isActive({ status }: Pick<EntryRow, "status">): boolean {
  return ACTIVE.has(status);
}

/** Whether an active entry has no open offer. */
export function isInLine({ status }: Pick<EntryRow, "status">): boolean {
  return ACTIVE.has(status) && status !== "offered";
}

/** Returns the entry of a row. */
export function toEntry({ lastOffer, ...entry }: EntryRow): WaitlistEntry {
  const isIdle = entry.status === "joining" || entry.status === "waiting";
  return { ...entry, offer: isIdle ? undefined : lastOffer };
}

/** Updates an entry and returns the new row. */
export function updateEntry(
  tables: BookingTables,
  row: EntryRow,
  changes: Partial<EntryRow>,
): EntryRow {
  const after = { ...row, ...changes };
  tables.entries.put(after.entryId, after);
  return after;
}

/** Moves the version of a queue that exists. */
export function moveVersion(tables: BookingTables, eventId: string): void {
  const queue = tables.queues.get(eventId);
  if (queue) tables.queues.put(eventId, { ...queue, version: queue.version + 1 });
}

/** Finds the entry of a user that is active. */
export function activeOf(
  tables: BookingTables,
  { userId, eventId }: { userId: string; eventId: string },
): EntryRow | undefined {
  return tables.entries
    .where((row) => row.userId === userId && row.eventId === eventId && isActive(row))[0];
}

/** Finds the booking of the offer of an entry that is offered. */
export function bookingOf(
  tables: BookingTables,
  { status, lastOffer, entryId }: EntryRow,
): BookingRow | undefined {
  const booking = status === "offered" ? tables.bookings.get(lastOffer!.offerId) : undefined;
  return booking?.entryId === entryId ? booking : undefined;
}

/** Writes a fact about an entry, as `factOf()` does. */
export function enqueueFact(
  tables: BookingTables,
  { entryId, eventId, userId, place, quantity, lastOffer }: EntryRow,
  { topic, now }: { topic: FactTopic; now: Date },
): void {
  const subject = { subjectId: entryId, eventId };
  if (topic === "waitlist.joined") {
    const payload = { user_id: userId, place, quantity };
    return tables.enqueueFor(subject, { content: { topic, payload }, now });
  }
  const payload = {
    user_id: userId,
    place,
    offer_id: lastOffer!.offerId,
    ticket_type_id: lastOffer!.ticketTypeId,
    quantity: lastOffer!.quantity,
  };
  tables.enqueueFor(subject, { content: { topic, payload }, now });
}

/** Moves the entry of a booking that was confirmed. */
export function convertEntry(tables: BookingTables, booking: BookingRow, now: Date): void {
  const entry = tables.entries.get(booking.entryId ?? "");
  if (entry?.lastOffer?.offerId !== booking.bookingId) return;
  // It waits again if its offer lapsed, and its money came late.
  if (entry.status !== "offered" && entry.status !== "waiting") return;
  enqueueFact(tables, updateEntry(tables, entry, { status: "converted" }), {
    topic: "waitlist.converted",
    now,
  });
}

/** How the booking of an offer ended, and when. */
interface Ended {
  end: OfferEnd;
  now: Date;
}

/** Moves the entries of bookings that one statement has ended, as `endedOffers()` does. */
export function endOffers(
  tables: BookingTables,
  bookings: readonly BookingRow[],
  ended: Ended,
): EntryRow[] {
  const entries = bookings.flatMap((booking) => endOffer(tables, booking, ended) ?? []);
  const back = entries.filter(({ status }) => status === "waiting");
  for (const eventId of new Set(back.map((entry) => entry.eventId))) moveVersion(tables, eventId);
  return entries;
}

function endOffer(
  tables: BookingTables,
  booking: BookingRow,
  { end, now }: Ended,
): EntryRow | undefined {
  const entry = entryOffered(tables, booking);
  if (!entry) return undefined;
  if (end === "event_over") {
    return updateEntry(tables, entry, { status: "closed", closedReason: "event_over" });
  }
  const isDeclined = end === "declined" || (end === "by_the_time" && booking.expiresAt > now);
  const after = updateEntry(tables, entry, afterOffer(entry, { booking, isDeclined, now }));
  if (!isDeclined) enqueueFact(tables, after, { topic: "waitlist.offer_lapsed", now });
  return after;
}

function afterOffer(
  { quantity, lastOffer }: EntryRow,
  { booking, isDeclined, now }: { booking: BookingRow; isDeclined: boolean; now: Date },
): Partial<EntryRow> {
  const back = { status: "waiting", passed: 0, gatheringSince: undefined } as const;
  if (lastOffer!.isLast) {
    const waitMs = gatherMsOf(booking.terms.startsAt, now);
    return { ...back, standsBackUntil: new Date(now.getTime() + waitMs) };
  }
  if (isDeclined && lastOffer!.quantity < quantity) return { ...back, minQuantity: quantity };
  return { status: "expired" };
}

function entryOffered(
  tables: BookingTables,
  { bookingId, entryId }: BookingRow,
): EntryRow | undefined {
  const entry = tables.entries.get(entryId ?? "");
  return entry?.status === "offered" && entry.lastOffer?.offerId === bookingId ? entry : undefined;
}
