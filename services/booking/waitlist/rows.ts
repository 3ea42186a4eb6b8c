import type { Sql } from "@evently/shared/postgres";
import type { ClosedReason, EntryStatus, WaitlistEntry } from "./entry.ts";
import type { WaitlistQueue } from "./store.ts";

/** A row of `waitlist_entries`, as {@link entryColumns} selects it: beside the columns of a booking, if wanted. */
export interface EntryRow {
  w_entry_id: string;
  w_event_id: string;
  w_user_id: string;
  w_ticket_type_ids: string[];
  w_quantity: number;
  w_min_quantity: number;
  w_place: number;
  w_status: EntryStatus;
  w_joined_at: Date;
  w_passed: number;
  w_gathering_since: Date | null;
  w_stands_back_until: Date | null;
  w_round: number;
  w_offer_id: string | null;
  w_offer_type_id: string | null;
  w_offer_quantity: number | null;
  w_offer_expires_at: Date | null;
  w_offer_is_last: boolean | null;
  w_offered_at: Date | null;
  w_closed_reason: ClosedReason | null;
}

/** The columns of an entry, for a statement in which it is called `w`. */
export function entryColumns(sql: Sql) {
  return sql`
    w.entry_id AS w_entry_id, w.event_id AS w_event_id, w.user_id AS w_user_id,
    w.ticket_type_ids AS w_ticket_type_ids, w.quantity AS w_quantity, w.min_quantity AS w_min_quantity,
    w.place AS w_place, w.status AS w_status, w.joined_at AS w_joined_at, w.passed AS w_passed,
    w.gathering_since AS w_gathering_since, w.stands_back_until AS w_stands_back_until, w.round AS w_round,
    w.offer_id AS w_offer_id, w.offer_type_id AS w_offer_type_id, w.offer_quantity AS w_offer_quantity,
    w.offer_expires_at AS w_offer_expires_at, w.offer_is_last AS w_offer_is_last, w.offered_at AS w_offered_at,
    w.closed_reason AS w_closed_reason`;
}

/** The condition that an entry `w` is active: as partial indexes say it, so that they are used. */
export function isActive(sql: Sql) {
  return sql`w.status IN ('joining', 'waiting', 'offering', 'offered')`;
}

/**
 * The condition that an entry `w`, found by its id or its user, has one of these statuses. It hides the status from the
 * planner, which would otherwise believe that an event has few entries of it, and read all of them.
 */
export function isStill(sql: Sql, ...statuses: EntryStatus[]) {
  return sql`w.status || '' = ANY (${statuses}::text[])`;
}

/** The statuses of an active entry. */
export const ACTIVE: readonly EntryStatus[] = ["joining", "waiting", "offering", "offered"];

/** The condition that an active entry `w` has no open offer. */
export function isInLine(sql: Sql) {
  return sql`${isActive(sql)} AND w.status <> 'offered'`;
}

export function toEntry(row: EntryRow): WaitlistEntry {
  return {
    entryId: row.w_entry_id,
    eventId: row.w_event_id,
    userId: row.w_user_id,
    ticketTypeIds: row.w_ticket_type_ids,
    quantity: row.w_quantity,
    minQuantity: row.w_min_quantity,
    place: row.w_place,
    status: row.w_status,
    joinedAt: row.w_joined_at,
    passed: row.w_passed,
    gatheringSince: row.w_gathering_since ?? undefined,
    standsBackUntil: row.w_stands_back_until ?? undefined,
    round: row.w_round,
    offer: offerOf(row),
    closedReason: row.w_closed_reason ?? undefined,
  };
}

/** A waiting entry keeps the columns of an offer that it let go; it has no offer. */
function offerOf(row: EntryRow): WaitlistEntry["offer"] {
  if (row.w_status === "joining" || row.w_status === "waiting" || row.w_offer_id === null) {
    return undefined;
  }
  return {
    offerId: row.w_offer_id,
    ticketTypeId: row.w_offer_type_id!,
    quantity: row.w_offer_quantity!,
    offeredAt: row.w_offered_at!,
    expiresAt: row.w_offer_expires_at!,
    isLast: row.w_offer_is_last!,
  };
}

/** A row of `waitlist_queues`, as {@link queueColumns} selects it. */
export interface QueueRow {
  event_id: string;
  version: number;
  paused_at: Date | null;
}

/** The columns of a queue called `q`. */
export function queueColumns(sql: Sql) {
  return sql`q.event_id, q.version, q.paused_at`;
}

export function toQueue({ event_id, version, paused_at }: QueueRow): WaitlistQueue {
  return { eventId: event_id, version, pausedAt: paused_at ?? undefined };
}
