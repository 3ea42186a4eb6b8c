/** Joining the waitlist, and the steps of an offer. */
import type { Booking } from "../../../services/booking/orders/booking.ts";
import { proposeReference } from "../../../services/booking/orders/reference.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type { Decision, WaitlistStore } from "../../../services/booking/waitlist/store.ts";
import { MAX_REFERENCE_ATTEMPTS, toRow } from "./find.ts";
import { type BookingTables, toBooking } from "./tables.ts";
import {
  activeOf,
  enqueueFact,
  type EntryRow,
  moveVersion,
  toEntry,
  updateEntry,
} from "./waitlist_tables.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

const NEW_QUEUE = {
  lastPlace: 0,
  joinedAt: undefined,
  version: 0,
  isOpen: false,
  pausedAt: undefined,
  claimedAt: undefined,
};

export function join(tables: BookingTables, { entries, now }: Input<"join">): WaitlistEntry[] {
  return entries.map(({ entryId, eventId, userId, ticketTypeIds, quantity, minQuantity }) => {
    const existing = activeOf(tables, { userId, eventId }) ?? tables.entries.get(entryId);
    if (existing) return toEntry(existing);
    const queue = tables.queues.get(eventId) ?? { ...NEW_QUEUE, eventId };
    const place = queue.lastPlace + 1;
    tables.queues.put(eventId, {
      ...queue,
      lastPlace: place,
      joinedAt: queue.joinedAt && queue.joinedAt > now ? queue.joinedAt : now,
      isOpen: true,
    });
    const row: EntryRow = {
      entryId,
      eventId,
      userId,
      ticketTypeIds,
      quantity,
      minQuantity,
      place,
      status: "joining",
      joinedAt: now,
      passed: 0,
      gatheringSince: undefined,
      standsBackUntil: undefined,
      round: 0,
      lastOffer: undefined,
      closedReason: undefined,
    };
    tables.entries.put(entryId, row);
    return toEntry(row);
  });
}

export function admit(
  tables: BookingTables,
  { eventId, entryIds, now }: Input<"admit">,
): WaitlistEntry[] {
  return joiningOf(tables, { eventId, entryIds }).map((row) => {
    const waiting = updateEntry(tables, row, { status: "waiting" });
    enqueueFact(tables, waiting, { topic: "waitlist.joined", now });
    return toEntry(waiting);
  });
}

export function turnAway(
  tables: BookingTables,
  { eventId, entryIds }: Input<"turnAway">,
): void {
  for (const { entryId } of joiningOf(tables, { eventId, entryIds })) {
    tables.entries.delete(entryId);
  }
}

function joiningOf(
  tables: BookingTables,
  { eventId, entryIds }: { eventId: string; entryIds: readonly string[] },
): EntryRow[] {
  return tables.entries
    .where((row) =>
      row.eventId === eventId && row.status === "joining" && entryIds.includes(row.entryId)
    )
    .sort((a, b) => a.place - b.place);
}

export function decide(tables: BookingTables, decision: Decision): boolean {
  const { eventId, version, now, offers, passes, gathering, notGathering } = decision;
  const queue = tables.queues.get(eventId);
  const waiting = (entryId: string) => {
    const row = tables.entries.get(entryId);
    return row?.eventId === eventId && row.status === "waiting" ? row : undefined;
  };
  if (queue?.version !== version || queue.pausedAt) return false;
  if (!offers.every(({ entryId }) => waiting(entryId))) return false;
  moveVersion(tables, eventId);
  for (const pass of passes) {
    const row = waiting(pass.entryId);
    if (!row) continue;
    updateEntry(tables, row, { passed: row.passed + pass.seats });
    const { offerId } = offers.find(({ entryId }) => entryId === pass.byEntryId)!;
    tables.passes.push({ ...pass, offerId, passedAt: now });
  }
  for (const row of gathering.flatMap((entryId) => waiting(entryId) ?? [])) {
    updateEntry(tables, row, { gatheringSince: now });
  }
  for (const row of notGathering.flatMap((entryId) => waiting(entryId) ?? [])) {
    updateEntry(tables, row, { gatheringSince: undefined });
  }
  for (const { entryId, ...offer } of offers) {
    const row = waiting(entryId)!;
    const lastOffer = { ...offer, offeredAt: now };
    updateEntry(tables, row, { status: "offering", round: row.round + 1, lastOffer });
  }
  return true;
}

export function makeOffers(
  tables: BookingTables,
  { offers, now }: Input<"makeOffers">,
): Booking[] {
  return offers.flatMap(({ entry: { entryId }, booking }) => {
    const entry = tables.entries.get(entryId);
    if (entry?.status !== "offering" || entry.lastOffer?.offerId !== booking.bookingId) return [];
    for (let attempt = 0; attempt < MAX_REFERENCE_ATTEMPTS; attempt++) {
      const row = {
        ...toRow(booking, proposeReference(booking.bookingId, attempt)),
        extendedAt: booking.bookedAt,
        entryId,
      };
      if (!tables.insertBooking(row)) continue;
      const lastOffer = { ...entry.lastOffer, offeredAt: now, expiresAt: booking.expiresAt };
      const offered = updateEntry(tables, entry, { status: "offered", lastOffer });
      enqueueFact(tables, offered, { topic: "waitlist.offered", now });
      return [toBooking(row)];
    }
    throw new Error("no free booking reference was found");
  });
}

export function takeBack(
  tables: BookingTables,
  { eventId, offers, now }: Input<"takeBack">,
): void {
  const open = offers.filter(({ entryId, offerId }) => {
    const row = tables.entries.get(entryId);
    return row?.eventId === eventId && row.status === "offering" &&
      row.lastOffer?.offerId === offerId;
  });
  if (open.length === 0) return;
  moveVersion(tables, eventId);
  const taken = tables.passes.filter(({ seats, offerId }) =>
    seats > 0 && open.some((offer) => offer.offerId === offerId)
  );
  const passedLess = Map.groupBy(taken, ({ entryId }) => entryId);
  for (const [entryId, passes] of passedLess) {
    const row = tables.entries.get(entryId);
    if (row?.status !== "waiting" && row?.status !== "offering") continue;
    const seats = passes.reduce((sum, pass) => sum + pass.seats, 0);
    updateEntry(tables, row, { passed: Math.max(0, row.passed - seats) });
  }
  for (const { entryId } of open) {
    const row = tables.entries.get(entryId)!;
    updateEntry(tables, row, { status: "waiting", lastOffer: undefined });
  }
  for (const pass of taken) {
    const { seats, kept } = pass;
    tables.passes.push({ ...pass, seats: -seats, kept: kept + seats, passedAt: now });
  }
}
