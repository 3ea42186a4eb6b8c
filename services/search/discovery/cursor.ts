import { z } from "@hono/zod-openapi";
import { type Sort, type SortKey, SORTS } from "../index/search_index.ts";

/** Position at which a search continues. Clients see it as an opaque text. */
export interface Cursor {
  sort: Sort;
  key: SortKey;
}

/** Largest time of a `Date`, in either direction. */
const MAX_TIME_MS = 8.64e15;
const CursorFields = z.tuple([
  z.enum(SORTS),
  z.number().nullable(),
  z.int().min(-MAX_TIME_MS).max(MAX_TIME_MS),
  z.guid(),
]);

/** Encodes the position after which the next page begins. */
export function toCursor(
  sort: Sort = "relevance",
  { value, startMs, eventId }: SortKey,
): string {
  const fields: z.infer<typeof CursorFields> = [sort, value, startMs, eventId];
  return new TextEncoder().encode(JSON.stringify(fields)).toBase64({ alphabet: "base64url" });
}

/** Decodes a text made by {@link toCursor}; `undefined` for any other text. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [sort, value, startMs, eventId] = CursorFields.parse(
      JSON.parse(new TextDecoder().decode(bytes)),
    );
    return { sort, key: { value, startMs, eventId } };
  } catch {
    return undefined;
  }
}
