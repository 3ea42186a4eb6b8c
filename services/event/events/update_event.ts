import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { minorAmount } from "@evently/shared/http";
import { enqueue } from "@evently/shared/outbox";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import type { SeatNews } from "@evently/shared/services";
import { editable, type Organiser } from "../organisations/organiser.ts";
import { findEditableEvent } from "./find_managed_event.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { recordChange } from "../organisations/record_change.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";
import { changeCurrency, convertPrice } from "./convert_prices.ts";
import {
  callRecountBuyers,
  callRefreshPlain,
  callResizeInventory,
  type EventColumns,
  HOLDS_OF_EVENT,
  lockEvent,
  lockInventory,
  stepTypeVersion,
  updateEventRow,
} from "./event_changes_sql.ts";
import { assertChangeable, assertStatusSettable, type EventChanges } from "./event_rules.ts";
import {
  atTime,
  type EventRecord,
  type EventScope,
  type EventStatus,
  findEvent,
} from "./events_sql.ts";
import { zoneOfEvent } from "./event_zone.ts";
import { explainForeignKey } from "./foreign_keys.ts";
import { changesOf, isEmpty } from "./values.ts";

export interface UpdateEventDeps {
  sql: Pool;
  clock: Clock;
  search: { eventChanged(eventId: string): Promise<void> };
  /** Told after a commit that enqueued a message. */
  outbox: { nudge(): void };
  webhooks: {
    /** Writes what webhooks are told of a change of an event or of what it sells, in its transaction. */
    eventChanged(tx: Tx, change: EventChange): Promise<void>;
    /** Told after the commit. */
    nudge(): void;
  };
  publicEvents: { forget(eventId: string): void };
  seatNews: Pick<SeatNews, "tell">;
}

/** An event after a change, and its status before it. */
export interface EventChange {
  statusBefore: EventStatus;
  after: EventRecord;
  now: Date;
}

/** The values that an organiser sets; those that equal the stored ones are no change. */
interface Settable extends EventColumns {
  status: EventStatus;
  totalCapacity: number;
}

type Requested =
  & { [Key in keyof Omit<Settable, "basePriceMinor">]?: Settable[Key] | undefined }
  & {
    /** In major units of the currency that the event has after the update. */
    basePrice?: number | undefined;
  };

export interface EventUpdate {
  /** If given, the update applies only to this version. */
  version?: number | null | undefined;
  /** A time zone of `null` is that of the venue. */
  requested: Omit<Requested, "timezone"> & { timezone?: string | null | undefined };
}

/** An update with a known time zone. */
interface ZonedUpdate extends EventUpdate {
  requested: Requested;
}

/** The event after an update, and whether that changed anything. */
export interface UpdatedEvent {
  event: EventRecord;
  isChanged: boolean;
}

/**
 * Changes an event, all or nothing, and increments its version. Values that are stored already are no change,
 * whatever the event's status. An update that depends on the seats locks these first, so that no sale comes between;
 * any other does not delay sales. The bookings of a cancelled event are cancelled through the outbox.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event of this organiser; `FORBIDDEN`: they only read; `STALE_VERSION`: `version` is not the current
 * one; `EVENT_STATE_CONFLICT`: its status or its sales do not allow the change; `CAPACITY_BELOW_SOLD`;
 * `UNKNOWN_VENUE`; `VALIDATION_FAILED`: the schedule, the picture or the status is wrong
 */
export async function updateEvent(
  { sql, clock, search, outbox, webhooks, publicEvents, seatNews }: UpdateEventDeps,
  { admin, eventId, ...wished }: EventUpdate & { admin: Organiser; eventId: string },
): Promise<UpdatedEvent> {
  const scope = { eventId, organisations: editable(admin) };
  const seen = await findEditableEvent({ sql }, { admin, eventId });
  const now = clock.now();
  const request = await withZone(sql, wished, seen);
  if (isEmpty(changesIn(request, atTime(seen, now)))) return { event: seen, isChanged: false };

  const updated = await transaction(
    sql,
    (tx) => applyUpdate(tx, { webhooks, admin, scope, request, now }),
  )
    .catch(explainForeignKey);
  if (!updated.isChanged) return updated;
  const { availableSeats, setAside, seatSeq: seq } = updated.event;
  publicEvents.forget(eventId);
  seatNews.tell(eventId, { availableSeats, setAside, seq });
  outbox.nudge();
  webhooks.nudge();
  await search.eventChanged(eventId);
  return updated;
}

async function withZone(
  sql: Pool,
  { version, requested }: EventUpdate,
  seen: EventRecord,
): Promise<ZonedUpdate> {
  const { timezone, venueId = seen.venueId } = requested;
  const zone = timezone === undefined ? undefined : await zoneOfEvent(sql, { timezone, venueId });
  return { version, requested: { ...requested, timezone: zone } };
}

/** For an update that does not depend on the seats. */
const NOT_LOCKED = { taken: 0 };

async function applyUpdate(
  tx: Tx,
  { webhooks, admin, scope, request, now }: Pick<UpdateEventDeps, "webhooks"> & {
    admin: Organiser;
    scope: EventScope;
    request: ZonedUpdate;
    now: Date;
  },
): Promise<UpdatedEvent> {
  const { eventId } = scope;
  const inventory = dependsOnSeats(request) ? await lockInventory(tx, scope) : NOT_LOCKED;
  const stored = await lockEvent(tx, scope);
  const event = await findEvent(tx, eventId);
  if (!inventory || !stored || !event) throw new DomainError("EVENT_NOT_FOUND", "organiser");
  const { taken } = inventory;

  const { totalCapacity: capacity, ...changes } = changesIn(request, atTime(event, now));
  if (capacity === undefined && isEmpty(changes)) return { event, isChanged: false };
  assertChangeable(stored, changes, { taken, now });
  if (changes.currency !== undefined) {
    await changeCurrency(tx, { eventId, from: event.currency, to: changes.currency, now });
  }
  if (capacity !== undefined && !await callResizeInventory(tx, { eventId, capacity })) {
    throw new DomainError("CAPACITY_BELOW_SOLD", { wished: capacity, taken });
  }
  await updateEventRow(tx, { eventId, version: stored.version, schedule: event, changes, now });
  if (changes.basePriceMinor !== undefined) {
    await stepTypeVersion(tx, { eventId, ticketTypeId: eventId, now });
  }
  if (changes.maxHeldPerUser !== undefined) {
    await callRecountBuyers(tx, { eventId, type: HOLDS_OF_EVENT });
    await callRefreshPlain(tx, eventId);
  }
  if (changes.status === "cancelled") {
    await enqueue(tx, { topic: "bookings.cancel", subjectId: eventId, eventId, now });
  }
  const updated = (await findEvent(tx, eventId))!;
  await recordChange(tx, {
    by: admin,
    organisationId: event.organisationId,
    action: changes.status === "cancelled" ? "event.cancelled" : "event.updated",
    subject: { id: eventId, name: updated.name },
    eventId,
    fields: changedFields({ ...changes, totalCapacity: capacity }, event, {
      currency: { from: event.currency, to: updated.currency },
    }),
    now,
  });
  await webhooks.eventChanged(tx, { statusBefore: event.status, after: updated, now });
  if (stored.status === "published" && isMoved(event, updated)) {
    const payload = {
      start_before: event.startsAt.toISOString(),
      start_after: updated.startsAt.toISOString(),
      timezone_before: event.timezone,
      venue_before: event.venueName,
      address_before: addressOf(event),
    };
    await enqueue(tx, { topic: "bookings.moved", subjectId: eventId, eventId, payload, now });
  }
  await markChanged(tx, eventId);
  return { event: updated, isChanged: true };
}

/** Whether an event takes place at another time or place; a new end alone moves nobody. */
function isMoved(before: EventRecord, after: EventRecord): boolean {
  return after.status !== "cancelled" &&
    (before.startsAt.getTime() !== after.startsAt.getTime() || before.venueId !== after.venueId);
}

function addressOf({ venueAddress, venueCity }: EventRecord): string {
  return [venueAddress, venueCity].filter(Boolean).join(", ");
}

function dependsOnSeats({ requested }: EventUpdate): boolean {
  const { totalCapacity, status, currency, basePrice, maxHeldPerUser } = requested;
  return [totalCapacity, status, currency, basePrice, maxHeldPerUser]
    .some((value) => value !== undefined);
}

/**
 * The requested values that differ from the event's.
 *
 * @throws {DomainError} `STALE_VERSION`, also if nothing differs; `VALIDATION_FAILED`: nobody can set this status, or the
 * price does not fit the currency
 */
function changesIn(
  { version, requested }: ZonedUpdate,
  event: EventRecord,
): EventChanges & { totalCapacity?: number } {
  if (version && version !== event.version) throw new DomainError("STALE_VERSION", "admin");
  const { basePrice, ...others } = requested;
  const basePriceMinor = basePriceIn(others.currency ?? event.currency, { basePrice, event });
  const { status, ...changes } = changesOf<Settable>({ ...others, basePriceMinor }, event);
  if (status === undefined) return changes;
  assertStatusSettable(status);
  // A sold-out event is a published one whose seats are all taken.
  const isPublishedAlready = status === "published" && event.status === "sold_out";
  return isPublishedAlready ? changes : { ...changes, status };
}

/** The base price after the update: the one given, or the stored number in the new currency. */
function basePriceIn(
  currency: string,
  { basePrice, event }: { basePrice: number | undefined; event: EventRecord },
): number {
  return basePrice === undefined
    ? convertPrice(event.basePriceMinor, { from: event.currency, to: currency })
    : minorAmount(basePrice, { field: "base_price", currency });
}
