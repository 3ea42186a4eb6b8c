import assert from "node:assert/strict";
import type { SearchDocument } from "../../../services/search/index/document.ts";
import { eventQuery, NOW } from "../../../services/search/testing/world.ts";
import type {
  EventChange,
  EventQuery,
  Rebuild,
  SearchIndex,
} from "../../../services/search/index/search_index.ts";

/** Registers a guarantee of every engine, tested on an index of its own that is empty. */
export type Register = (guarantee: string, run: (index: SearchIndex) => Promise<void>) => void;

/** Later than `NOW` by this; within a test only the order of times matters. */
export function later(byMs: number): Date {
  return new Date(NOW.getTime() + byMs);
}

/** Indexes events, each at the number of its version. */
export async function add(index: SearchIndex, ...documents: SearchDocument[]): Promise<void> {
  await index.apply(documents.map((document) => changeOf(document)));
}

/** The change that made an event what it is; by default of its version's number. */
export function changeOf(document: SearchDocument, change = document.version): EventChange {
  return { eventId: document.eventId, change, document };
}

/** The change that took an event out. */
export function removalOf({ eventId }: SearchDocument, change: number): EventChange {
  return { eventId, change, document: undefined };
}

/** The names of the events that are found, in their order. */
export async function namesFound(
  index: SearchIndex,
  query: Partial<EventQuery>,
): Promise<string[]> {
  const { hits } = await index.search(eventQuery(query));
  return hits.map(({ document }) => document.name);
}

/** Puts an index that was built in the place of the live one. */
export async function putInPlace(next: Rebuild, position: number): Promise<void> {
  await next.seal();
  assert.ok(await next.complete(position));
}
