import assert from "node:assert/strict";
import type { SearchDocument } from "../../../services/search/index/document.ts";
import { eventQuery, NOW, positionAt } from "../../../services/search/testing/world.ts";
import type {
  EventChange,
  EventQuery,
  Rebuild,
  SearchIndex,
} from "../../../services/search/index/search_index.ts";

/** Registers a guarantee of every engine; each test gets a new, empty index. */
export type Register = (guarantee: string, run: (index: SearchIndex) => Promise<void>) => void;

/** Returns the time `byMs` after `NOW`; within a test only the order of times matters. */
export function later(byMs: number): Date {
  return new Date(NOW.getTime() + byMs);
}

/** Indexes events, each with its version as the change number. */
export async function add(index: SearchIndex, ...documents: SearchDocument[]): Promise<void> {
  await index.apply(documents.map((document) => changeOf(document)));
}

/** Returns the change that indexes a document; its number defaults to the version. */
export function changeOf(document: SearchDocument, change = document.version): EventChange {
  return { eventId: document.eventId, change, document };
}

/** Returns the change that removes an event. */
export function removalOf({ eventId }: SearchDocument, change: number): EventChange {
  return { eventId, change, document: undefined };
}

/** Names of the events that a search finds, in order. */
export async function namesFound(
  index: SearchIndex,
  query: Partial<EventQuery>,
): Promise<string[]> {
  const { hits } = await index.search(eventQuery(query));
  return hits.map(({ document }) => document.name);
}

/** Replaces the live index with a rebuilt one, at a position of so many changes. */
export async function putInPlace(next: Rebuild, change: number): Promise<void> {
  await next.seal();
  assert.ok(await next.complete(positionAt(change)));
}
