import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { arrayLiteral } from "./array_literal.ts";

Deno.test("arrayLiteral() passes its values to the database unchanged", async () => {
  await using database = await createEmptyTestDatabase();
  const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
  const times = ["2030-01-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"];
  const [row] = await database.sql`
    SELECT ${arrayLiteral(ids)}::uuid[] AS ids, ${
    arrayLiteral([1, -2, 3_000_000_000])
  }::bigint[] AS numbers,
           ${arrayLiteral(["EVT-7K3M9Q", "INR"])}::text[] AS texts,
           ${arrayLiteral(times)}::timestamptz[] AS times, ${arrayLiteral([])}::uuid[] AS none`;
  assert.deepEqual(row?.ids, ids);
  assert.deepEqual(row?.numbers.map(Number), [1, -2, 3_000_000_000]);
  assert.deepEqual(row?.texts, ["EVT-7K3M9Q", "INR"]);
  assert.deepEqual(row?.times.map((time: Date) => time.toISOString()), times);
  assert.deepEqual(row?.none, []);
});

Deno.test("arrayLiteral() quotes elements that mean something else without quotes", () => {
  for (const value of ["", "a,b", "a b", "{a}", '"', "a\\b", "null", "NULL", "é"]) {
    assert.equal(arrayLiteral([value, "fine"]), `{"${value.replace(/[\\"]/g, "\\$&")}",fine}`);
  }
  assert.equal(arrayLiteral([null, 1, true]), "{NULL,1,true}");
});
