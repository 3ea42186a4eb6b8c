import assert from "node:assert/strict";
import { exactlyOne, many, one, RowCountError } from "./rows.ts";

const toSeat = (row: { n: number }) => `seat ${row.n}`;
const rows = (...numbers: number[]) => Promise.resolve(numbers.map((n) => ({ n })));

Deno.test("one() maps the row, returns undefined for none, throws for two", async () => {
  assert.equal(await one(rows(1), toSeat), "seat 1");
  assert.equal(await one(rows(), toSeat), undefined);
  await assert.rejects(one(rows(1, 2), toSeat), RowCountError);
});

Deno.test("exactlyOne() refuses none and two", async () => {
  assert.equal(await exactlyOne(rows(1), toSeat), "seat 1");
  await assert.rejects(exactlyOne(rows(), toSeat), /must find exactly one row: it found 0/);
  await assert.rejects(exactlyOne(rows(1, 2), toSeat), RowCountError);
});

Deno.test("many() maps every row in order", async () => {
  assert.deepEqual(await many(rows(2, 1), toSeat), ["seat 2", "seat 1"]);
});
