import type { Organiser } from "../organisations/organiser.ts";
import type { Sql } from "@evently/shared/postgres";
import { findManagedEvent } from "../events/find_managed_event.ts";
import { listPools, type PoolRecord } from "./pools_sql.ts";

/**
 * The pools of an event, the house first.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see
 */
export async function findPools(
  { sql }: { sql: Sql },
  scope: { admin: Organiser; eventId: string },
): Promise<PoolRecord[]> {
  const { eventId } = await findManagedEvent({ sql }, scope);
  return await listPools(sql, eventId);
}
