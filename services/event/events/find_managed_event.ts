import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { readableOwner } from "../accounts/admin_scope.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";

/**
 * The event, whatever its status.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see
 */
export async function findManagedEvent(
  { sql }: { sql: Sql },
  { admin, eventId }: { admin: AdminIdentity; eventId: string },
): Promise<EventRecord> {
  const owner = readableOwner(admin);
  const event = await findEvent(sql, eventId);
  if (event && (owner === undefined || event.createdBy === owner)) return event;
  throw new DomainError("EVENT_NOT_FOUND", "organiser");
}
