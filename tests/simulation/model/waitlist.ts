import type { Booking } from "../../../services/booking/orders/booking.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type {
  BoundKey,
  EntryPage,
  RecordedPass,
  WaitlistQueue,
  WaitlistStore,
} from "../../../services/booking/waitlist/store.ts";
import type { Synchronous } from "./booking_model.ts";
import { type BookingTables, toBooking } from "./tables.ts";
import { change, claim, decline, leave } from "./waitlist_changes.ts";
import { admit, decide, join, makeOffers, takeBack, turnAway } from "./waitlist_steps.ts";
import {
  activeOf,
  bookingOf,
  type EntryRow,
  isActive,
  isInLine,
  type QueueRow,
  toEntry,
  updateEntry,
} from "./waitlist_tables.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

/**
 * The waitlist in memory, beside the bookings of the same tables; it mirrors each statement of `postgresWaitlistStore`.
 * `tests/conformance/waitlist` runs the same cases and histories on both.
 */
export function waitlistModel(tables: BookingTables): Synchronous<WaitlistStore> {
  return {
    join: (input) => join(tables, input),
    admit: (input) => admit(tables, input),
    turnAway: (input) => turnAway(tables, input),
    findEach: (wanted) =>
      wanted.map(({ userId, eventId }) => {
        const own = byPlace(tables, (row) => row.userId === userId && row.eventId === eventId);
        return own.map(toEntry).at(-1);
      }),
    findEachClaimed: (wanted) => wanted.map((key) => findClaimed(tables, key)),
    findOffered: (input) => findOffered(tables, input),
    list: (input) => list(tables, input),
    listPasses: (input) => listPasses(tables, input),
    count: ({ eventId, ticketTypeId, place }) => {
      const line = byPlace(tables, (row) => {
        return row.eventId === eventId && isInLine(row) && row.ticketTypeIds.includes(ticketTypeId);
      });
      return { before: line.filter((row) => row.place < place).length, total: line.length };
    },
    countInLine: (eventId) =>
      byPlace(tables, (row) => row.eventId === eventId && isInLine(row)).length,
    listPlaces: ({ eventId, after, limit }) =>
      byPlace(tables, (row) => row.eventId === eventId && row.place > after && isInLine(row))
        .slice(0, limit)
        .map(({ entryId, place, ticketTypeIds }) => ({ entryId, place, ticketTypeIds })),
    listGathering: ({ eventId, after, limit }) =>
      byPlace(tables, (row) => {
        return row.eventId === eventId && row.place > after && row.status === "waiting" &&
          row.gatheringSince !== undefined;
      }).slice(0, limit).map(toEntry),
    countOffers: ({ eventId, since }) =>
      byPlace(
        tables,
        ({ eventId: of, lastOffer }) =>
          of === eventId && lastOffer !== undefined && lastOffer.offeredAt >= since,
      ).length,
    change: (input) => change(tables, input),
    leave: (input) => leave(tables, input),
    decline: (input) => decline(tables, input),
    findQueue: (eventId) => {
      const queue = tables.queues.get(eventId);
      return queue && toQueue(queue);
    },
    listOpenQueues: ({ after, limit }) =>
      tables.queues
        .where(({ eventId, isOpen }) => isOpen && (after === undefined || eventId > after))
        .map(({ eventId }) => eventId).sort().slice(0, limit),
    listUnfinished: ({ eventId, joiningBefore, limit }) =>
      byPlace(tables, (row) => {
        return row.eventId === eventId && (row.status === "offering" ||
          (row.status === "joining" && row.joinedAt < joiningBefore));
      }).slice(0, limit).map(toEntry),
    listWaiting: ({ eventId, ticketTypeIds, after, limit }) =>
      byPlace(tables, (row) => {
        return row.eventId === eventId && row.status === "waiting" && row.place > after &&
          row.ticketTypeIds.some((id) => ticketTypeIds.includes(id));
      }).slice(0, limit).map(toEntry),
    decide: (decision) => decide(tables, decision),
    makeOffers: (input) => makeOffers(tables, input),
    takeBack: (input) => takeBack(tables, input),
    close: ({ eventId, entryIds, wantingOnly, reason, limit }) => {
      const rows = byPlace(tables, (row) => {
        return row.eventId === eventId && (row.status === "joining" || row.status === "waiting") &&
          (entryIds === undefined || entryIds.includes(row.entryId)) &&
          (wantingOnly === undefined || row.ticketTypeIds.every((id) => wantingOnly.includes(id)));
      }).slice(0, limit);
      for (const row of rows) updateEntry(tables, row, { status: "closed", closedReason: reason });
      return rows.length;
    },
    hasWaiting: ({ eventId, ticketTypeId }) =>
      byPlace(tables, (row) => {
        return row.eventId === eventId && isActive(row) && mayWait(row) &&
          row.ticketTypeIds.includes(ticketTypeId);
      }).length > 0,
    closeQueue: (input) => closeQueue(tables, input),
    setPaused: (input) => setPaused(tables, input),
    claim: (input) => claim(tables, input),
    listEventsWithLines: ({ since, limit }) =>
      tables.queues
        .where(({ claimedAt, isOpen }) => isOpen || (claimedAt !== undefined && claimedAt >= since))
        .map(({ eventId }) => eventId).sort().slice(0, limit),
    listClaimants: ({ eventId, since, limit }) => {
      const offered = byPlace(tables, (row) => row.eventId === eventId && row.status === "offered");
      const claims = tables.claims.where((row) =>
        row.eventId === eventId && row.claimedAt >= since
      );
      const users = [
        ...offered.map(({ userId }) => userId),
        ...claims.flatMap(({ offerId }) => tables.bookings.get(offerId)?.userId ?? []),
      ];
      return [...new Set(users)].slice(0, limit);
    },
  };
}

/** Whether an active entry is in line, or may come back to it. */
function mayWait({ status, quantity, lastOffer }: EntryRow): boolean {
  return status !== "offered" || !lastOffer || lastOffer.isLast || lastOffer.quantity < quantity;
}

function byPlace(tables: BookingTables, matches: (row: EntryRow) => boolean): EntryRow[] {
  return tables.entries.where(matches).sort((a, b) => a.place - b.place);
}

function toQueue({ eventId, version, pausedAt }: QueueRow): WaitlistQueue {
  return { eventId, version, pausedAt };
}

function findClaimed(
  tables: BookingTables,
  { userId, eventId, claimId }: BoundKey,
): Booking | undefined {
  const claimed = tables.claims.get(claimId);
  const row = tables.bookings.get(claimed?.offerId ?? "");
  return claimed?.eventId === eventId && row?.userId === userId ? toBooking(row) : undefined;
}

function findOffered(
  tables: BookingTables,
  { now, ...buyer }: Input<"findOffered">,
): { entry: WaitlistEntry; booking: Booking } | undefined {
  const row = activeOf(tables, buyer);
  const booking = row && bookingOf(tables, row);
  if (!row || !booking) return undefined;
  const isOpen = booking.status === "confirming" ||
    (booking.status === "pending" && booking.expiresAt > now);
  return isOpen ? { entry: toEntry(row), booking: toBooking(booking) } : undefined;
}

function list(tables: BookingTables, { eventId, page, limit }: Input<"list">): EntryPage {
  const rows = byPlace(tables, (row) => row.eventId === eventId && isActive(row));
  const entries = rows.slice((page - 1) * limit, page * limit).map(toEntry);
  return { entries, total: rows.length };
}

function listPasses(
  tables: BookingTables,
  { eventId, entryIds, limit }: Input<"listPasses">,
): RecordedPass[] {
  return tables.passes
    .filter(({ entryId }) =>
      entryIds.includes(entryId) && tables.entries.get(entryId)?.eventId === eventId
    )
    .sort((a, b) =>
      b.passedAt.getTime() - a.passedAt.getTime() || b.byPlace - a.byPlace ||
      (a.entryId < b.entryId ? -1 : a.entryId > b.entryId ? 1 : a.seats - b.seats)
    )
    .slice(0, limit)
    .map(({ offerId: _, ...pass }) => pass);
}

function closeQueue(
  tables: BookingTables,
  { eventId, joinedBefore }: Input<"closeQueue">,
): boolean {
  const queue = tables.queues.get(eventId);
  const isIdle = byPlace(tables, (row) => row.eventId === eventId && isActive(row)).length === 0 &&
    (!queue?.joinedAt || queue.joinedAt < joinedBefore);
  if (queue && isIdle) tables.queues.put(eventId, { ...queue, isOpen: false });
  return !queue?.isOpen || isIdle;
}

function setPaused(
  tables: BookingTables,
  { eventId, isPaused, now }: Input<"setPaused">,
): WaitlistQueue {
  const queue = tables.queues.get(eventId) ?? {
    eventId,
    lastPlace: 0,
    joinedAt: undefined,
    version: 0,
    isOpen: false,
    pausedAt: undefined,
    claimedAt: undefined,
  };
  const pausedAt = isPaused ? queue.pausedAt ?? now : undefined;
  const after = { ...queue, version: queue.version + 1, pausedAt };
  tables.queues.put(eventId, after);
  return toQueue(after);
}
