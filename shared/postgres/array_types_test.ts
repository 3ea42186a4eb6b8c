import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";

Deno.test("arrays come back from the server unchanged", async () => {
  await using database = await createEmptyTestDatabase();
  const arrays = {
    texts: ["plain", "", "NULL", "a,b", '"quoted"', "back\\slash", "{curly}", "two\nlines", "सीट"],
    numbers: [1, -2],
    bigs: [Number.MAX_SAFE_INTEGER, 0],
    ids: ["5f0c7c1e-8f5f-4a52-a6c2-3a1d2f6f1d11"],
    nothing: [],
    gaps: ["a", null],
  };
  const [row] = await database.sql`
    SELECT ${arrays.texts}::text[] AS texts, ${arrays.numbers}::integer[] AS numbers,
           ${arrays.bigs}::bigint[] AS bigs, ${arrays.ids}::uuid[] AS ids,
           ${arrays.nothing}::uuid[] AS nothing, ${arrays.gaps}::text[] AS gaps`;
  assert.deepEqual({ ...row }, arrays);
  const [given] = await database.sql`
    SELECT ARRAY[true, false] AS truths, ARRAY['2030-01-02T03:04:05.678Z'::timestamptz] AS times`;
  const times = [new Date("2030-01-02T03:04:05.678Z")];
  assert.deepEqual({ ...given }, { truths: [true, false], times });
});

Deno.test("an array of arrays is refused", async () => {
  await using database = await createEmptyTestDatabase();
  await assert.rejects(
    async () => await database.sql`SELECT ARRAY[ARRAY[1], ARRAY[2]] AS nested`,
    /must have one dimension/,
  );
});
