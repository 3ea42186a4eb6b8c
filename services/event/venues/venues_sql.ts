import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Organisations } from "../organisations/organiser.ts";
import { isOf, organisationOfVenue } from "../organisations/scope_sql.ts";
import { fold } from "@evently/shared/text";
import { withoutUndefined } from "../events/values.ts";

export interface VenueRecord {
  venueId: string;
  name: string;
  address: string;
  city: string;
  state: string | null;
  country: string;
  postalCode: string | null;
  capacity: number;
  layoutConfig: Record<string, unknown> | null;
  latitude: number | null;
  longitude: number | null;
  /** For events there that name none. */
  timezone: string | null;
  /** The admin who made it. */
  createdBy: string;
  organisationId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A venue, if it is of one of the organisations. */
export interface VenueScope {
  venueId: string;
  organisations: Organisations;
}

/** The columns of a venue that an admin sets. */
export type VenueColumns = Omit<
  VenueRecord,
  "venueId" | "createdBy" | "organisationId" | "createdAt" | "updatedAt"
>;

/** Which venues to list; texts match anywhere, regardless of case and accents. */
export interface VenueFilter {
  city?: string | undefined;
  state?: string | undefined;
  /** In name, address or city. */
  search?: string | undefined;
}

export function insertVenue(
  sql: Sql,
  { venueId, columns, createdBy, organisationId, now }: {
    venueId: string;
    columns: VenueColumns;
    createdBy: string;
    organisationId: string;
    now: Date;
  },
): Promise<VenueRecord> {
  const row = {
    ...toVenueRow(sql, columns),
    venue_id: venueId,
    created_by: createdBy,
    organisation_id: organisationId,
    created_at: now,
    updated_at: now,
  };
  return exactlyOne(
    sql<VenueRecord[]>`INSERT INTO venues ${sql(row)} RETURNING ${venueColumns(sql)}`,
    (venue) => venue,
  );
}

/** The venue, if it is in scope. */
export function findVenue(
  sql: Sql,
  { venueId, organisations }: VenueScope,
): Promise<VenueRecord | undefined> {
  return one(
    sql<VenueRecord[]>`
    SELECT ${venueColumns(sql)} FROM venues WHERE venue_id = ${venueId} AND ${
      isOf(sql, organisationOfVenue(sql), organisations)
    }`,
    (venue) => venue,
  );
}

/** Changes the columns given; `undefined` if there is no such venue in scope. */
export function updateVenueRow(
  sql: Sql,
  { venueId, organisations, changes, now }: VenueScope & {
    changes: Partial<VenueColumns>;
    now: Date;
  },
): Promise<VenueRecord | undefined> {
  const row = { ...toVenueRow(sql, changes), updated_at: now };
  return one(
    sql<VenueRecord[]>`
    UPDATE venues SET ${sql(row)}
     WHERE venue_id = ${venueId} AND ${isOf(sql, organisationOfVenue(sql), organisations)}
    RETURNING ${venueColumns(sql)}`,
    (venue) => venue,
  );
}

/** Returns whether there was such a venue. A foreign key keeps venues that have events. */
export async function deleteVenueRow(sql: Sql, venueId: string): Promise<boolean> {
  const { count } = await sql`DELETE FROM venues WHERE venue_id = ${venueId}`;
  return count > 0;
}

/** A page of venues by name, and the number of venues on all pages. */
export async function listVenueRows(
  sql: Sql,
  { filter: { city, state, search }, offset, limit }: {
    filter: VenueFilter;
    offset: number;
    limit: number;
  },
): Promise<{ venues: VenueRecord[]; total: number }> {
  const searched = sql`concat_ws(' ', name_key, address_key, city_key)`;
  const where = sql`
    WHERE true
      ${city ? sql`AND strpos(city_key, ${fold(city)}) > 0` : sql``}
      ${state ? sql`AND strpos(state_key, ${fold(state)}) > 0` : sql``}
      ${search ? sql`AND strpos(${searched}, ${fold(search)}) > 0` : sql``}`;
  const [venues, total] = await Promise.all([
    many(
      sql<VenueRecord[]>`
      SELECT ${venueColumns(sql)} FROM venues ${where}
       ORDER BY name, venue_id LIMIT ${limit} OFFSET ${offset}`,
      (venue) => venue,
    ),
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM venues ${where}`,
      (row) => row.total,
    ),
  ]);
  return { venues, total };
}

/** The published events at a venue, at most `limit`. */
export function findPublishedEventsAt(
  sql: Sql,
  { venueId, limit }: { venueId: string; limit: number },
): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`
    SELECT event_id AS "eventId" FROM events
     WHERE venue_id = ${venueId} AND status = 'published'
     ORDER BY start_at DESC
     LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}

/** The columns given, and the folded texts that lists filter by. */
export function toVenueRow(sql: Sql, columns: Partial<VenueColumns>) {
  const { name, address, city, state, layoutConfig } = columns;
  return withoutUndefined({
    name,
    name_key: name === undefined ? undefined : fold(name),
    address,
    address_key: address === undefined ? undefined : fold(address),
    city,
    city_key: city === undefined ? undefined : fold(city),
    state,
    state_key: state && fold(state),
    country: columns.country,
    postal_code: columns.postalCode,
    capacity: columns.capacity,
    layout_config: layoutConfig && sql.json(layoutConfig as Parameters<Sql["json"]>[0]),
    latitude: columns.latitude,
    longitude: columns.longitude,
    timezone: columns.timezone,
  });
}

function venueColumns(sql: Sql) {
  return sql`
    venue_id AS "venueId", name, address, city, state, country, postal_code AS "postalCode", capacity,
    layout_config AS "layoutConfig", latitude, longitude, timezone, created_by AS "createdBy",
    ${organisationOfVenue(sql)} AS "organisationId",
    created_at AS "createdAt", updated_at AS "updatedAt"`;
}
