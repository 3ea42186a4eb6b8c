import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { assertEditable, includes, type Organiser, readable } from "../organisations/organiser.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";

/**
 * The event, whatever its status.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see
 */
export async function findManagedEvent(
  { sql }: { sql: Sql },
  { admin, eventId }: { admin: Organiser; eventId: string },
): Promise<EventRecord> {
  const event = await findEvent(sql, eventId);
  if (event && includes(readable(admin), event.organisationId)) return event;
  throw new DomainError("EVENT_NOT_FOUND", "organiser");
}

/**
 * The event, if the organiser may change it.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; `FORBIDDEN`: they only read
 */
export async function findEditableEvent(
  deps: { sql: Sql },
  { admin, eventId }: { admin: Organiser; eventId: string },
): Promise<EventRecord> {
  const event = await findManagedEvent(deps, { admin, eventId });
  assertEditable(admin, event.organisationId, new DomainError("EVENT_NOT_FOUND", "organiser"));
  return event;
}
