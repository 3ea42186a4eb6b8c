import { z } from "@hono/zod-openapi";
import { ENGINES, type Sort, type SortKey, SORTS } from "../index/search_index.ts";
import type { PageBefore } from "./sources.ts";

/** Position at which a search continues. Clients see it as an opaque text. */
export interface Cursor {
  sort: Sort;
  key: SortKey;
  /** The engine of the page, and how many results there were up to its end; earlier cursors have neither. */
  before: PageBefore | undefined;
}

/** Largest time of a `Date`, in either direction. */
const MAX_TIME_MS = 8.64e15;
const CursorFields = z.tuple([
  z.enum(SORTS),
  z.number().nullable(),
  z.int().min(-MAX_TIME_MS).max(MAX_TIME_MS),
  z.guid(),
  z.enum(ENGINES).optional(),
  z.int().min(0).optional(),
]);

/** Encodes the position after which the next page begins. */
export function toCursor(
  sort: Sort = "relevance",
  { value, startMs, eventId }: SortKey,
  before: PageBefore,
): string {
  const { engine, results } = before;
  const fields: z.infer<typeof CursorFields> = [sort, value, startMs, eventId, engine, results];
  return new TextEncoder().encode(JSON.stringify(fields)).toBase64({ alphabet: "base64url" });
}

/** Decodes a text made by {@link toCursor}; `undefined` for any other text. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [sort, value, startMs, eventId, engine, results] = CursorFields.parse(
      JSON.parse(new TextDecoder().decode(bytes)),
    );
    const before = engine && results !== undefined ? { engine, results } : undefined;
    return { sort, key: { value, startMs, eventId }, before };
  } catch {
    return undefined;
  }
}
