import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { assertEditable, type Organiser, readable } from "../organisations/organiser.ts";
import { findVenue, type VenueRecord } from "./venues_sql.ts";

/**
 * The venue, if the organiser may change it.
 *
 * @throws {DomainError} `VENUE_NOT_FOUND`: no such venue of theirs; `FORBIDDEN`: they only read
 */
export async function findEditableVenue(
  { sql }: { sql: Sql },
  { admin, venueId }: { admin: Organiser; venueId: string },
): Promise<VenueRecord> {
  const venue = await findVenue(sql, { venueId, organisations: readable(admin) });
  if (!venue) throw new DomainError("VENUE_NOT_FOUND");
  assertEditable(admin, venue.organisationId, new DomainError("VENUE_NOT_FOUND"));
  return venue;
}
