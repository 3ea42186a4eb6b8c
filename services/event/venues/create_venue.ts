import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import type { Sql } from "@evently/shared/postgres";
import { explainForeignKey } from "../events/foreign_keys.ts";
import { insertVenue, type VenueColumns, type VenueRecord } from "./venues_sql.ts";

/**
 * Creates a venue, which every organiser may use.
 *
 * @throws {DomainError} `UNAUTHORIZED`: the admin does not exist any more
 */
export async function createVenue(
  { sql, clock }: { sql: Sql; clock: Clock },
  { columns, createdBy }: { columns: VenueColumns; createdBy: string },
): Promise<VenueRecord> {
  return await insertVenue(sql, { venueId: newId(), columns, createdBy, now: clock.now() })
    .catch(explainForeignKey);
}
