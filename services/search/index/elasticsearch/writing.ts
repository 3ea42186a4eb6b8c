import type { Client, estypes } from "@elastic/elasticsearch";
import type { Logger } from "@evently/shared/log";
import type { EventChange } from "../search_index.ts";
import { toRefused, toStored } from "./stored_event.ts";
import { readTrouble, unfit, writeTrouble } from "./trouble.ts";

/** Changes of one request; with the longest descriptions that is some 30 MB. */
const MAX_BULK = 250;
const NOT_FOUND = 404;
/** What is there is newer. */
export const CONFLICT = 409;
/** Later writes with equal numbers count: seats change without a number of their own for a moment. */
export const VERSION_TYPE = "external_gte";

/** Where changes are written. */
export interface Target {
  index: string;
  /** It is an alias, and without it nothing is written: else an index of its name would be made, with any mapping. */
  alias: boolean;
  /** Searches must see the changes once they are written. */
  visible: boolean;
}

/** A document of an event, at the number of its change. */
interface Write {
  event_id: string;
  change: number;
  stored: Record<string, unknown>;
}

/**
 * Writes changes; older ones than what is there are refused by their numbers, which is no failure. A document
 * that Elasticsearch does not take is logged, and marked in the index: the rest must be found.
 */
export async function writeChanges(
  { client, log }: { client: Client; log: Logger },
  changes: readonly EventChange[],
  target: Target,
): Promise<void> {
  for (let begin = 0; begin < changes.length; begin += MAX_BULK) {
    const writes = changes.slice(begin, begin + MAX_BULK).map(({ event_id, change, document }) => {
      return { event_id, change, stored: toStored(document) };
    });
    const refused = await bulk(client, writes, target);
    for (const { write, error: { type, reason } } of refused) {
      log.error("cannot index a document", { event_id: write.event_id, type, reason });
    }
    const marks = refused.map(({ write }) => ({ ...write, stored: toRefused(write.event_id) }));
    const unmarked = await bulk(client, marks, target);
    if (unmarked.length > 0) throw unfit(unmarked[0]!.error.type);
  }
}

/** Writes documents in one request; answers those that are not taken for what is in them. */
async function bulk(
  client: Client,
  writes: readonly Write[],
  { index, alias, visible }: Target,
): Promise<{ write: Write; error: estypes.ErrorCause }[]> {
  if (writes.length === 0) return [];
  const { items, errors } = await client.bulk({
    index,
    refresh: visible,
    require_alias: alias,
    operations: writes.flatMap(({ event_id, change, stored }) => [
      { index: { _id: event_id, version: change, version_type: VERSION_TYPE } as const },
      stored,
    ]),
  });
  if (!errors) return [];
  const refused = writes.flatMap((write, i) => {
    const { status = 0, error } = items[i]?.index ?? {};
    if (error === undefined || status === CONFLICT) return [];
    const trouble = writeTrouble(status, error.type);
    if (trouble) throw trouble;
    return [{ write, error }];
  });
  // What a newer write has put there may not be visible yet, as that write is still waiting to be.
  const overtaken = items.some((item) => item.index?.status === CONFLICT);
  if (visible && overtaken) await client.indices.refresh({ index });
  return refused;
}

/** Documents by their ids, also those that are not there: without a source. */
export async function readMany<T>(
  client: Client,
  { index, ids, _source }: { index: string; ids: readonly string[]; _source: string[] },
): Promise<estypes.GetGetResult<T>[]> {
  const { docs } = await client.mget<T>({ index, ids: [...ids], _source });
  // Of a missing index this request tells document by document.
  return docs.map((doc) => {
    if ("error" in doc) throw readTrouble("documents", doc.error.type);
    return doc;
  });
}

/** Takes an event out at the number that is known of it. */
export async function writeTombstone(
  client: Client,
  index: string,
  eventId: string,
): Promise<void> {
  const known = await client.get({ index, id: eventId, _source: false }, { ignore: [NOT_FOUND] });
  if (known._version === undefined) return;
  await client.index({
    index,
    id: eventId,
    version: known._version,
    version_type: VERSION_TYPE,
    refresh: true,
    require_alias: true,
    document: toStored(undefined),
  }, { ignore: [CONFLICT] });
}
