import type { SearchDocument } from "../../schemas/document.ts";
import { eventQuery, NOW } from "../../testing/documents.ts";
import type { EventQuery, SearchIndex } from "../search_index.ts";

/** Registers a guarantee of every engine, tested on an index of its own that is empty. */
export type Register = (guarantee: string, run: (index: SearchIndex) => Promise<void>) => void;

/** Later than `NOW` by this; within a test only the order of times matters. */
export function later(by_ms: number): Date {
  return new Date(NOW.getTime() + by_ms);
}

/** Indexes what was read just now. */
export async function add(index: SearchIndex, ...documents: SearchDocument[]): Promise<void> {
  await index.index(documents, { asOf: NOW });
}

/** The names of the events that are found, in their order. */
export async function namesFound(
  index: SearchIndex,
  query: Partial<EventQuery>,
): Promise<string[]> {
  const { hits } = await index.search(eventQuery(query));
  return hits.map(({ document }) => document.name);
}
