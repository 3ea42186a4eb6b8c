import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { insertDraft, type WishedColumns } from "./event_changes_sql.ts";
import { assertPicture, assertSchedule } from "./event_rules.ts";
import { zoneOfEvent } from "./event_zone.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { type Organiser, targetOrganisation } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import { explainForeignKey } from "./foreign_keys.ts";

/**
 * Creates a draft with all its seats free; only admins see it until it is published.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule or the picture is wrong; `UNKNOWN_VENUE`; `FORBIDDEN`
 */
export async function createEvent(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, columns: wished, capacity }: {
    admin: Organiser;
    /** Without a time zone it has that of its venue. */
    columns: WishedColumns;
    capacity: number;
  },
): Promise<EventRecord> {
  const now = clock.now();
  assertSchedule(wished, { ...wished, now });
  assertPicture(wished);
  const eventId = newId();
  const columns = { ...wished, timezone: await zoneOfEvent(sql, wished) };
  const organisationId = targetOrganisation(admin);
  return await transaction(sql, async (tx) => {
    const createdBy = admin.adminId;
    await insertDraft(tx, { eventId, columns, capacity, createdBy, organisationId, now });
    const event = (await findEvent(tx, eventId))!;
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "event.created",
      subject: { id: eventId, name: event.name },
      eventId,
      fields: changedFields({ ...columns, totalCapacity: capacity }, {}, {
        currency: { from: columns.currency, to: columns.currency },
      }),
      now,
    });
    await markChanged(tx, eventId);
    return event;
  }).catch(explainForeignKey);
}
