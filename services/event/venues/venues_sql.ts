import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";

/** A venue, as it is stored. */
export interface VenueRecord {
  venue_id: string;
  name: string;
  address: string;
  city: string;
  state: string | null;
  country: string;
  postal_code: string | null;
  capacity: number;
  layout_config: Record<string, unknown> | null;
  latitude: number | null;
  longitude: number | null;
  /** Its owner. */
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** Whose venue may be changed: one admin's, or with `undefined` everybody's. */
export interface VenueScope {
  venueId: string;
  owner: string | undefined;
}

/** What an admin sets of a venue. */
export type VenueColumns = Omit<
  VenueRecord,
  "venue_id" | "created_by" | "created_at" | "updated_at"
>;

/** Which venues to list; texts are looked for anywhere, without case and accents. */
export interface VenueFilter {
  city?: string | undefined;
  state?: string | undefined;
  /** In name, address or city. */
  search?: string | undefined;
}

export function insertVenue(
  sql: Sql,
  { venueId, columns, createdBy, now }: {
    venueId: string;
    columns: VenueColumns;
    createdBy: string;
    now: Date;
  },
): Promise<VenueRecord> {
  const row = {
    ...storable(sql, columns),
    venue_id: venueId,
    created_by: createdBy,
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
  { venueId, owner }: VenueScope,
): Promise<VenueRecord | undefined> {
  return one(
    sql<VenueRecord[]>`
    SELECT ${venueColumns(sql)} FROM venues WHERE venue_id = ${venueId} ${inScope(sql, owner)}`,
    (venue) => venue,
  );
}

/** Changes what is given; `undefined` where there is no such venue in scope. */
export function updateVenueRow(
  sql: Sql,
  { venueId, owner, changes, now }: VenueScope & { changes: Partial<VenueColumns>; now: Date },
): Promise<VenueRecord | undefined> {
  const row = { ...storable(sql, changes), updated_at: now };
  return one(
    sql<VenueRecord[]>`
    UPDATE venues SET ${sql(row)}
     WHERE venue_id = ${venueId} ${inScope(sql, owner)}
    RETURNING ${venueColumns(sql)}`,
    (venue) => venue,
  );
}

/** Whether there was such a venue in scope; one that an event names cannot be deleted, by its foreign key. */
export async function deleteVenueRow(sql: Sql, { venueId, owner }: VenueScope): Promise<boolean> {
  const { count } = await sql`
    DELETE FROM venues WHERE venue_id = ${venueId} ${inScope(sql, owner)}`;
  return count > 0;
}

/** By name; and how many there are on all pages. */
export async function listVenueRows(
  sql: Sql,
  { filter: { city, state, search }, offset, limit }: {
    filter: VenueFilter;
    offset: number;
    limit: number;
  },
): Promise<{ venues: VenueRecord[]; total: number }> {
  const where = sql`
    WHERE true
      ${city ? sql`AND strpos(city_key, ${fold(city)}) > 0` : sql``}
      ${state ? sql`AND strpos(state_key, ${fold(state)}) > 0` : sql``}
      ${
    search
      ? sql`AND strpos(concat_ws(' ', name_key, address_key, city_key), ${fold(search)}) > 0`
      : sql``
  }`;
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
    sql<{ event_id: string }[]>`
    SELECT event_id FROM events
     WHERE venue_id = ${venueId} AND status = 'published'
     ORDER BY start_at DESC
     LIMIT ${limit}`,
    ({ event_id }) => event_id,
  );
}

function venueColumns(sql: Sql) {
  return sql`
    venue_id, name, address, city, state, country, postal_code, capacity, layout_config, latitude,
    longitude, created_by, created_at, updated_at`;
}

function inScope(sql: Sql, owner: string | undefined) {
  return owner === undefined ? sql`` : sql`AND created_by = ${owner}`;
}

/** Adds what lists filter by to the texts that are given. */
export function withVenueKeys<Columns extends Partial<VenueColumns>>(columns: Columns) {
  const { name, address, city, state } = columns;
  return {
    ...columns,
    ...(name === undefined ? {} : { name_key: fold(name) }),
    ...(address === undefined ? {} : { address_key: fold(address) }),
    ...(city === undefined ? {} : { city_key: fold(city) }),
    ...(state === undefined ? {} : { state_key: state && fold(state) }),
  };
}

/** JSON must be marked as such. */
function storable(sql: Sql, { layout_config, ...plain }: Partial<VenueColumns>) {
  const columns = withVenueKeys(plain);
  if (layout_config === undefined) return columns;
  return {
    ...columns,
    layout_config: layout_config && sql.json(layout_config as Parameters<Sql["json"]>[0]),
  };
}
