import type { Client, estypes } from "@elastic/elasticsearch";
import type { Logger } from "@evently/shared/log";
import type { EventChange } from "../search_index.ts";
import { toRefused, toStored } from "./stored_event.ts";
import { readTrouble, unfit, writeTrouble } from "./trouble.ts";

/** Maximum changes of one request; about 30 MB with the longest descriptions. */
const MAX_BULK = 250;
const NOT_FOUND = 404;
/** Status of a write that is older than the stored document. */
export const CONFLICT = 409;
/** A later write with an equal number wins, as seats may change before they get a number of their own. */
export const VERSION_TYPE = "external_gte";

/** Target of writes. */
export interface Target {
  index: string;
  /** Whether `index` must be an alias; otherwise Elasticsearch would create an index of that name if it is missing. */
  alias: boolean;
  /** Whether searches must see the changes once they are written. */
  visible: boolean;
}

/** An event's document and the number of its change. */
interface Write {
  eventId: string;
  change: number;
  stored: Record<string, unknown>;
}

/**
 * Writes changes; those older than the stored document are ignored. A document that Elasticsearch rejects is logged
 * and marked in the index, and does not fail the others.
 */
export async function writeChanges(
  { client, log }: { client: Client; log: Logger },
  changes: readonly EventChange[],
  target: Target,
): Promise<void> {
  for (let begin = 0; begin < changes.length; begin += MAX_BULK) {
    const writes = changes.slice(begin, begin + MAX_BULK).map(
      ({ eventId, change, document }) => {
        return { eventId, change, stored: toStored(document) };
      },
    );
    const refused = await bulk(client, writes, target);
    for (const { write, error: { type, reason } } of refused) {
      log.error("cannot index a document", { event_id: write.eventId, type, reason });
    }
    const marks = refused.map(({ write }) => ({ ...write, stored: toRefused(write.eventId) }));
    const unmarked = await bulk(client, marks, target);
    if (unmarked.length > 0) throw unfit(unmarked[0]!.error.type);
  }
}

/** Writes documents in one request; returns those that were rejected for their content. */
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
    operations: writes.flatMap(({ eventId, change, stored }) => [
      { index: { _id: eventId, version: change, version_type: VERSION_TYPE } as const },
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
  // The newer write that won may still be waiting for its refresh.
  const overtaken = items.some((item) => item.index?.status === CONFLICT);
  if (visible && overtaken) await client.indices.refresh({ index });
  return refused;
}

/** Reads documents by id; those that are missing have no source. */
export async function readMany<T>(
  client: Client,
  { index, ids, _source, realtime = true }: {
    index: string;
    ids: readonly string[];
    _source: string[];
    /** Whether writes are read before a refresh shows them to searches. */
    realtime?: boolean;
  },
): Promise<estypes.GetGetResult<T>[]> {
  const { docs } = await client.mget<T>({ index, ids: [...ids], _source, realtime });
  // A missing index is reported per document.
  return docs.map((doc) => {
    if ("error" in doc) throw readTrouble("documents", doc.error);
    return doc;
  });
}

/** Removes an event at its stored change number. */
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
