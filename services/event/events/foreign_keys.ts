import { callerGone } from "../organisations/organiser.ts";
import { DomainError } from "@evently/shared/errors";
import { isForeignKeyViolation } from "@evently/shared/postgres";

/**
 * Translates a broken foreign key.
 *
 * @throws {DomainError} `UNKNOWN_VENUE`: the event's venue does not exist; `UNAUTHORIZED`: the admin of the token does
 * not exist any more; `ORGANISATION_NOT_FOUND`: a super admin named one that does not exist
 */
export function explainForeignKey(error: unknown): never {
  if (isForeignKeyViolation(error, "events_venue_id_fkey")) throw new DomainError("UNKNOWN_VENUE");
  if (
    isForeignKeyViolation(error, "events_created_by_fkey") ||
    isForeignKeyViolation(error, "venues_created_by_fkey")
  ) throw callerGone();
  if (
    isForeignKeyViolation(error, "events_organisation_id_fkey") ||
    isForeignKeyViolation(error, "venues_organisation_id_fkey") ||
    isForeignKeyViolation(error, "organisation_changes_organisation_id_fkey")
  ) throw new DomainError("ORGANISATION_NOT_FOUND");
  throw error;
}
