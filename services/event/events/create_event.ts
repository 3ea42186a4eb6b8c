import type { AdminIdentity } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import { toMinor } from "@evently/shared/money";
import { transaction } from "@evently/shared/postgres";
import type { EventDeps } from "../deps.ts";
import { assertSchedule } from "./event_rules.ts";
import type { CreateEventRequest } from "./event_requests.ts";
import { inRefundOrder } from "./refund_policy.ts";
import { type EventColumns, insertDraft } from "./event_changes_sql.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";
import { explainForeignKey } from "./foreign_keys.ts";

/**
 * Makes a draft with all its seats free. Nobody but admins sees it before it is published.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule is wrong
 * @throws {UnknownVenue}
 */
export async function createEvent(
  { sql, clock }: Pick<EventDeps, "sql" | "clock">,
  { admin, ...request }: CreateEventRequest & { admin: AdminIdentity },
): Promise<EventRecord> {
  const now = clock.now();
  const columns: EventColumns = {
    name: request.name,
    description: request.description || null,
    venue_id: request.venue_id,
    event_type: request.event_type,
    start_at: new Date(request.start_datetime),
    end_at: new Date(request.end_datetime),
    base_price_minor: toMinor(request.base_price),
    currency: request.currency,
    max_tickets_per_booking: request.max_tickets_per_booking,
    refund_policy: inRefundOrder(request.refund_policy ?? null),
    timezone: request.timezone ?? null,
    image_url: request.image_url ?? null,
    public_counts: request.public_counts,
  };
  assertSchedule(columns, { ...columns, now });
  const eventId = newId();
  const capacity = request.total_capacity;
  return await transaction(sql, async (tx) => {
    await insertDraft(tx, { eventId, columns, capacity, createdBy: admin.admin_id, now });
    return (await findEvent(tx, eventId))!;
  }).catch(explainForeignKey);
}
