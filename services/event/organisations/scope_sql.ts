import type { Sql } from "@evently/shared/postgres";
import type { Organisations } from "./organiser.ts";

/** The organisation of the event `e`; rows of old programs belong to their creator's. */
export function organisationOf(sql: Sql) {
  return sql`coalesce(e.organisation_id, e.created_by)`;
}

/** The organisation of a venue, in a statement about venues alone. */
export function organisationOfVenue(sql: Sql) {
  return sql`coalesce(organisation_id, created_by)`;
}

/** The organisation of the webhook `w`. */
export function organisationOfWebhook(sql: Sql) {
  return sql`coalesce(w.organisation_id, w.owner_id)`;
}

/** A condition on the organisation of a row. */
export function isOf(
  sql: Sql,
  organisation: ReturnType<typeof organisationOf>,
  organisations: Organisations,
) {
  if (organisations === undefined) return sql`true`;
  return sql`${organisation} = ANY (${[...organisations]}::uuid[])`;
}
