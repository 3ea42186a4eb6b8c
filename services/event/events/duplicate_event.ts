import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { findEditableEvent } from "./find_managed_event.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { recordChange } from "../organisations/record_change.ts";
import { type Organiser } from "../organisations/organiser.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";
import { copyOffer } from "../ticket_types/copy_offer.ts";
import { insertDraft } from "./event_changes_sql.ts";
import { assertSchedule } from "./event_rules.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";
import { explainForeignKey } from "./foreign_keys.ts";

/** What differs between an event and its copy. */
export interface CopyWishes {
  name?: string | undefined;
  startsAt?: Date | undefined;
}

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * Creates a draft like another event: with its texts, venue, terms, pools and ticket types, but without its sales. Times
 * keep their distance from the start by the clocks of the event's zone. Archived ticket types are left out.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may change; `VALIDATION_FAILED`: the start has
 * passed
 */
export async function duplicateEvent(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, eventId: sourceId, wished }: {
    admin: Organiser;
    eventId: string;
    wished: CopyWishes;
  },
): Promise<EventRecord> {
  const now = clock.now();
  const eventId = newId();
  return await transaction(sql, async (tx) => {
    const source = await findEditableEvent({ sql: tx }, { admin, eventId: sourceId });
    const startsAt = wished.startsAt ?? nextStart(source, now);
    const move = mover({ from: source.startsAt, to: startsAt, timeZone: source.timezone });
    const columns = {
      ...source,
      name: wished.name ?? source.name,
      startsAt,
      endsAt: move(source.endsAt),
    };
    assertSchedule(columns, { ...columns, now });
    const { totalCapacity: capacity, organisationId } = source;
    const createdBy = admin.adminId;
    await insertDraft(tx, { eventId, columns, capacity, createdBy, organisationId, now });
    await copyOffer(tx, { from: sourceId, to: eventId, move, now });
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "event.created",
      subject: { id: eventId, name: columns.name },
      eventId,
      fields: changedFields({
        name: columns.name,
        startsAt,
        endsAt: columns.endsAt,
        copyOf: sourceId,
      }),
      now,
    });
    await markChanged(tx, eventId);
    return (await findEvent(tx, eventId))!;
  }).catch(explainForeignKey);
}

/** The start of an event that is to come; of one that is not, the same time of the first week that leaves a day. */
function nextStart({ startsAt, timezone }: EventRecord, now: Date): Date {
  if (startsAt > now) return startsAt;
  const weeks = Math.ceil((now.getTime() + DAY_MS - startsAt.getTime()) / WEEK_MS);
  const start = inZone(startsAt, timezone).add({ weeks });
  return new Date(start.epochMilliseconds);
}

/** Moves times by as much as the start, as clocks show it: an evening stays an evening when daylight saving time ends. */
function mover({ from, to, timeZone }: { from: Date; to: Date; timeZone: string }) {
  const by = inZone(from, timeZone).toPlainDateTime().until(inZone(to, timeZone).toPlainDateTime());
  return (time: Date): Date => {
    const moved = inZone(time, timeZone).toPlainDateTime().add(by);
    return new Date(moved.toZonedDateTime(timeZone).epochMilliseconds);
  };
}

function inZone(time: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone);
}
