import { one, type Sql } from "@evently/shared/postgres";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";

/** The zone of an event: the one that it names, else that of its venue, else the default one. */
export async function zoneOfEvent(
  sql: Sql,
  { timezone, venueId }: { timezone: string | null; venueId: string },
): Promise<string> {
  if (timezone !== null) return timezone;
  const venue = await one(
    sql<{ timezone: string | null }[]>`SELECT timezone FROM venues WHERE venue_id = ${venueId}`,
    (row) => row,
  );
  return venue?.timezone ?? DEFAULT_TIME_ZONE;
}
