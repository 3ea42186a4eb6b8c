import type { Sql } from "@evently/shared/postgres";
import type { Organisations } from "./organiser.ts";

/** The organisation of the event `e` or the venue `v`; rows of old programs belong to their creator's. */
export function organisationOf(sql: Sql, table: "e" | "v") {
  return table === "e"
    ? sql`coalesce(e.organisation_id, e.created_by)`
    : sql`coalesce(v.organisation_id, v.created_by)`;
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
