import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { isForeignKeyViolation, type Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { deleteVenueRow } from "./venues_sql.ts";

/**
 * Deletes a venue without events; past and cancelled ones count.
 *
 * @throws {DomainError} `VENUE_NOT_FOUND`: no such venue of this admin; `VENUE_IN_USE`
 */
export async function deleteVenue(
  { sql }: { sql: Sql },
  { admin, venueId }: { admin: AdminIdentity; venueId: string },
): Promise<void> {
  const deleted = await deleteVenueRow(sql, { venueId, owner: editableOwner(admin) })
    .catch((error) => {
      if (isForeignKeyViolation(error, "events_venue_id_fkey")) {
        throw new DomainError("VENUE_IN_USE");
      }
      throw error;
    });
  if (!deleted) throw new DomainError("VENUE_NOT_FOUND");
}
