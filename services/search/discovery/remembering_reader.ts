import { LRUCache } from "lru-cache";
import type { SearchDocument } from "../index/document.ts";
import type { Edition } from "../index/editions.ts";
import {
  type EventPage,
  type EventQuery,
  type Faceted,
  type Facets,
  type SearchIndex,
  type SearchReader,
} from "../index/search_index.ts";
import { fold } from "../index/text.ts";
import type { AnsweredPage, AnsweringReader, AskedQuery } from "./sources.ts";

/** Memory for answers, estimated by {@link bytesOfPage} and {@link bytesOfTexts}. */
export const MAX_REMEMBERED_BYTES = 96 * 1024 * 1024;
/** Estimated bytes of an answer without its events: key, facets as they are sent, and bookkeeping. */
const ANSWER_BYTES = 4_096;
/** Estimated bytes of a facet. */
const FACET_BYTES = 1_024;
/**
 * Estimated bytes of a found event as it is sent, under two names, without its description; its document is shared by
 * all answers.
 */
const EVENT_BYTES = 1_280;
/** Bytes of a character of a description as it is sent, under two names, in most languages. */
const CHAR_BYTES = 4;

/** What the reader needs of an index. */
export type RememberedIndex = SearchReader & Pick<SearchIndex, "edition" | "engine">;

type Answers = LRUCache<string, Answer>;

interface Memory {
  edition: Edition;
  answers: Answers;
}

interface Answer {
  value: Promise<unknown>;
  bytes: number;
}

/**
 * Creates a reader that remembers answers until the index changes. Equal searches share one answer, which is the same
 * object; so do searches that differ only in time, case and accents. Facets are remembered by the text and the filters
 * that they depend on, so that further pages and other orders do not count them again.
 *
 * All searches of an edition ask the index with the edition's time, so that its own caches know them again.
 */
export function createRememberingReader(
  index: RememberedIndex,
  { maxBytes = MAX_REMEMBERED_BYTES }: { maxBytes?: number } = {},
): AnsweringReader {
  let memory: Memory | undefined;
  /** Of searches that came again. The key depends on the query and its currency alone, and so outlives editions. */
  const keys = new WeakMap<AskedQuery, { key: string; currency: string }>();

  async function memoryAt(now: Date): Promise<Memory> {
    const edition = await index.edition(now);
    if (memory?.edition !== edition) memory = { edition, answers: createAnswers(maxBytes) };
    return memory;
  }

  return {
    async search(asked, { now }) {
      const { edition, answers } = await memoryAt(now);
      const currency = asked.currency ?? edition.currency;
      const known = keys.get(asked);
      const answer = known?.currency === currency ? answers.get(known.key) : undefined;
      if (answer !== undefined) return await (answer.value as Promise<AnsweredPage>);
      const { before: _, ...fields } = asked;
      const query = { ...fields, currency, now: edition.now };
      const folded = foldedOf(query);
      const key = keyOf(folded);
      if (answers.has(key)) keys.set(asked, { key, currency });
      return await remembered(answers, {
        key,
        ask: () => searchWithFacets(index, query, { answers, folded }),
        bytesOf: bytesOfPage,
      });
    },
    async find(eventIds, { now }) {
      const { edition, answers } = await memoryAt(now);
      return await remembered(answers, {
        key: `find ${eventIds.join()}`,
        ask: () => index.find(eventIds, edition),
        bytesOf: bytesOfDocuments,
      });
    },
    async suggest(query) {
      const { edition, answers } = await memoryAt(query.now);
      return await remembered(answers, {
        key: `suggest ${query.limit} ${fold(query.text)}`,
        ask: () => index.suggest({ ...query, now: edition.now }),
        bytesOf: bytesOfTexts,
      });
    },
    async filters({ now, currency }) {
      const { edition, answers } = await memoryAt(now);
      const asked = { now: edition.now, currency: currency ?? edition.currency };
      return await remembered(answers, {
        key: `filters ${asked.currency}`,
        ask: () => index.filters(asked),
        bytesOf: ({ cities, eventTypes }) => bytesOfTexts([...cities, ...eventTypes]),
      });
    },
  };
}

/** Returns the remembered answer, or asks for it; concurrent callers share the question. Failures are forgotten. */
async function remembered<T>(
  answers: Answers,
  { key, ask, bytesOf }: { key: string; ask: () => Promise<T>; bytesOf: (answer: T) => number },
): Promise<T> {
  const known = answers.get(key);
  if (known) return await (known.value as Promise<T>);
  const value = ask();
  const asked = { value, bytes: ANSWER_BYTES };
  answers.set(key, asked);
  try {
    const answer = await value;
    if (answers.peek(key) === asked) {
      answers.set(key, { value, bytes: ANSWER_BYTES + bytesOf(answer) });
    }
    return answer;
  } catch (error) {
    if (answers.peek(key) === asked) answers.delete(key);
    throw error;
  }
}

/** Searches, but has only those facets counted that no search of this edition has counted for the same events. */
async function searchWithFacets(
  index: RememberedIndex,
  query: EventQuery,
  { answers, folded }: { answers: Answers; folded: EventQuery },
): Promise<AnsweredPage> {
  const asked = query.facets.map((facet) => ({ facet, key: facetKeyOf(folded, facet) }));
  const known = await Promise.all(
    asked.map(({ key }) => answers.get(key)?.value as Promise<Partial<Facets>> | undefined),
  );
  const missing = asked.filter((_, i) => known[i] === undefined);
  const page = await index.search({ ...query, facets: missing.map(({ facet }) => facet) });
  for (const { facet, key } of missing) {
    answers.set(key, { value: Promise.resolve(PART_OF[facet](page.facets)), bytes: FACET_BYTES });
  }
  const facets = Object.assign({}, page.facets, ...known);
  return { ...page, facets, engine: index.engine };
}

const PART_OF: Record<Faceted, (facets: Facets) => Partial<Facets>> = {
  city: ({ cities }) => ({ cities }),
  type: ({ eventTypes }) => ({ eventTypes }),
  price: ({ priceRange, currencies, prices }) => ({ priceRange, currencies, prices }),
  date: ({ months }) => ({ months }),
};

type QueryFields = { [Field in keyof EventQuery]?: EventQuery[Field] | undefined };

/** Fields of a query on which none of its facets depends. */
const OF_THE_PAGE = {
  offset: undefined,
  limit: undefined,
  after: undefined,
  sort: undefined,
  facets: undefined,
};
/** The filter that a facet ignores. */
const OWN_FILTER = {
  city: { city: undefined },
  type: { type: undefined },
  price: { minPrice: undefined, maxPrice: undefined },
  date: { fromDay: undefined, toDay: undefined },
};

function facetKeyOf(query: EventQuery, facet: Faceted): string {
  const near = query.near?.radiusKm === undefined ? undefined : query.near;
  return facet + keyOf({ ...query, ...OF_THE_PAGE, ...OWN_FILTER[facet], near });
}

function createAnswers(maxBytes: number): Answers {
  return new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
}

/** The query without case and accents. */
function foldedOf(query: EventQuery): EventQuery {
  const { text, city, type } = query;
  return {
    ...query,
    text: fold(text),
    city: city === undefined ? undefined : fold(city),
    type: type === undefined ? undefined : fold(type),
  };
}

/** Key of a search; equal for folded queries that differ only in time. */
function keyOf({ now: _, text, city, type, ...rest }: QueryFields): string {
  return JSON.stringify([text, city ?? null, type ?? null, rest]);
}

function bytesOfPage({ hits }: EventPage): number {
  return bytesOfDocuments(hits.map(({ document }) => document));
}

function bytesOfDocuments(documents: readonly SearchDocument[]): number {
  return documents.reduce(
    (sum, { description = "" }) => sum + EVENT_BYTES + CHAR_BYTES * description.length,
    0,
  );
}

function bytesOfTexts(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + 2 * length, 0);
}
