import { z } from "@hono/zod-openapi";
import { type Sort, type SortKey, SORTS } from "../index/search_index.ts";

/** Where a search goes on. Clients see one opaque text. */
export interface Cursor {
  sort: Sort;
  key: SortKey;
}

/** The furthest time that a `Date` tells, either way. */
const MAX_TIME_MS = 8.64e15;
const CursorFields = z.tuple([
  z.enum(SORTS),
  z.number().nullable(),
  z.int().min(-MAX_TIME_MS).max(MAX_TIME_MS),
  z.guid(),
]);

export function toCursor(
  sort: Sort = "relevance",
  { value, startMs, event_id }: SortKey,
): string {
  const fields: z.infer<typeof CursorFields> = [sort, value, startMs, event_id];
  return new TextEncoder().encode(JSON.stringify(fields)).toBase64({ alphabet: "base64url" });
}

/** What {@link toCursor} made; `undefined` of anything else. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [sort, value, startMs, eventId] = CursorFields.parse(
      JSON.parse(new TextDecoder().decode(bytes)),
    );
    return { sort, key: { value, startMs, event_id: eventId } };
  } catch {
    return undefined;
  }
}
