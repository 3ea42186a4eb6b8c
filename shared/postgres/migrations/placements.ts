/**
 * Where the tables of a database are once it is spread over several servers; `placements.json` beside its migrations. Tables
 * with an `event_id` that is never null, and in none of these lists, are placed by event: what belongs to one event is on
 * one server.
 */
export interface Placements {
  /** Tables that count the changes of many events, by `lane`; the first one decides where a lane is. */
  by_lane: readonly string[];
  /** Tables that sales are joined with: a copy on every server. */
  on_every_server: readonly string[];
  /** Tables of organisers and their work, which sales do not read; no foreign key leads here from other servers. */
  on_first_server: readonly string[];
}

/** Reads the placements of a directory of migrations; `undefined`: the database stays on one server. */
export async function loadPlacements(directory: URL): Promise<Placements | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(new URL("placements.json", directory)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
