import type { Client, estypes } from "@elastic/elasticsearch";
import type { Logger } from "@evently/shared/log";
import { SearchUnavailable } from "../errors.ts";
import type { EventChange } from "../search_index.ts";
import { POSITION_ID } from "./mapping.ts";
import { toStored } from "./stored_event.ts";

/** Changes of one request; with the longest descriptions that is some 30 MB. */
const MAX_BULK = 250;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
const NOT_FOUND = 404;
const CONFLICT = 409;
/** Later writes with equal numbers count: seats change without a number of their own for a moment. */
const VERSION_TYPE = "external_gte";

/** Writes changes, to the `live` alias so that searches see them at once; older ones than what is there are refused by their numbers, which is no failure. */
export async function writeChanges(
  { client, log }: { client: Client; log: Logger },
  changes: readonly EventChange[],
  { index, live }: { index: string; live: boolean },
): Promise<void> {
  for (let begin = 0; begin < changes.length; begin += MAX_BULK) {
    const { items, errors } = await client.bulk({
      index,
      refresh: live,
      // Or a write to an alias that is gone would make an index of its name, with any mapping.
      require_alias: live,
      operations: changes.slice(begin, begin + MAX_BULK).flatMap(toOperation),
    });
    if (!errors) continue;
    items.forEach((item) => assertWritten(item.index, log));
    // What a newer write has put there may not be visible yet, as that write is still waiting to be.
    const overtaken = items.some((item) => item.index?.status === CONFLICT);
    if (live && overtaken) await client.indices.refresh({ index });
  }
}

function toOperation({ event_id, change, document }: EventChange) {
  return [
    { index: { _id: event_id, version: change, version_type: VERSION_TYPE } as const },
    toStored(document),
  ];
}

/** A document that the engine does not take is logged and left out: the rest must be found. */
function assertWritten(item: estypes.BulkResponseItem | undefined, log: Logger): void {
  if (item?.error === undefined || item.status === CONFLICT) return;
  const { status, error, _id } = item;
  if (status === NOT_FOUND) {
    throw new SearchUnavailable("The index is not there", { missing: true });
  }
  if (status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR) {
    throw new SearchUnavailable(`Elasticsearch does not take writes: ${error.type}`);
  }
  log.error("cannot index a document", { event_id: _id, type: error.type, reason: error.reason });
}

/** How far the feed was taken; `undefined`: never. */
export async function readPosition(client: Client, index: string): Promise<number | undefined> {
  const { docs } = await client.mget<{ position: number }>({ index, ids: [POSITION_ID] });
  const [doc] = docs;
  // Of a missing index this request tells document by document.
  if (doc && "error" in doc) {
    const missing = doc.error.type === "index_not_found_exception";
    throw new SearchUnavailable(`Cannot read the index: ${doc.error.type}`, { missing });
  }
  return doc && "_source" in doc ? doc._source?.position : undefined;
}

/** Remembers how far the feed was taken; never goes back. */
export async function writePosition(
  client: Client,
  { index, position, live }: { index: string; position: number; live: boolean },
): Promise<void> {
  await client.index({
    index,
    id: POSITION_ID,
    version: position,
    version_type: VERSION_TYPE,
    require_alias: live,
    document: { position, listed: false },
  }, { ignore: [CONFLICT] });
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
    document: toStored(undefined),
  }, { ignore: [CONFLICT] });
}
