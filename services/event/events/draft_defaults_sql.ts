import { organisationOf, organisationOfVenue } from "../organisations/scope_sql.ts";
import { one, type Sql } from "@evently/shared/postgres";

/** What is known of a new event before its organiser has said it. */
export interface DraftDefaults {
  venueId: string;
  capacity: number;
  timezone: string | null;
  /** Of the organisation's latest event. */
  currency: string | null;
}

/** What follows from the venue named, else from the organisation's latest event or venue; `undefined` without any venue. */
export function draftDefaults(
  sql: Sql,
  { organisationId, venueId }: { organisationId: string; venueId: string | undefined },
): Promise<DraftDefaults | undefined> {
  const latest = sql`
    FROM events e WHERE ${
    organisationOf(sql)
  } = ${organisationId} ORDER BY e.created_at DESC LIMIT 1`;
  return one(
    sql<DraftDefaults[]>`
    SELECT v.venue_id AS "venueId", v.capacity, v.timezone, (SELECT e.currency ${latest}) AS currency
      FROM venues v
     WHERE v.venue_id = coalesce(
       ${venueId ?? null}::uuid,
       (SELECT e.venue_id ${latest}),
       (SELECT venue_id FROM venues WHERE ${
      organisationOfVenue(sql)
    } = ${organisationId} ORDER BY created_at DESC LIMIT 1))`,
    (row) => row,
  );
}
