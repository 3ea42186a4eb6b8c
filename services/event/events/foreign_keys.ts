import { isForeignKeyViolation } from "@evently/shared/postgres";
import { CallerGone, UnknownVenue } from "../errors.ts";

/**
 * Says in the domain's words what a broken foreign key means.
 *
 * @throws {UnknownVenue} the venue that an event names does not exist
 * @throws {CallerGone} the admin whose token this is does not exist any more
 */
export function explainForeignKey(error: unknown): never {
  if (isForeignKeyViolation(error, "events_venue_id_fkey")) throw new UnknownVenue();
  if (
    isForeignKeyViolation(error, "events_created_by_fkey") ||
    isForeignKeyViolation(error, "venues_created_by_fkey")
  ) throw new CallerGone();
  throw error;
}
