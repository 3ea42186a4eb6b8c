import assert from "node:assert/strict";
import {
  changesUpTo,
  FEED_START,
  type FeedPosition,
  formatFeedPosition,
  furthest,
  isPast,
  parseFeedPosition,
} from "./feed_position.ts";
import { LANES } from "./lanes.ts";

/** A position at 0 in all lanes but those given. */
function positionAt(numbers: Record<number, number>): FeedPosition {
  return FEED_START.map((_, lane) => numbers[lane] ?? 0);
}

Deno.test("parseFeedPosition() reads what formatFeedPosition() writes, and 0 as the start", () => {
  const position = positionAt({ 0: 3, 1: 17, 15: 99_999_999_999_999 });
  assert.equal(formatFeedPosition(position), "3.17.0.0.0.0.0.0.0.0.0.0.0.0.0.99999999999999");
  assert.deepEqual(parseFeedPosition(formatFeedPosition(position)), position);
  assert.deepEqual(parseFeedPosition("0"), FEED_START);
  assert.deepEqual(parseFeedPosition(formatFeedPosition(FEED_START)), FEED_START);
});

Deno.test("parseFeedPosition() refuses other texts", () => {
  const lanes = (count: number, number: string) => Array(count).fill(number).join(".");
  for (
    const text of [
      "",
      "1",
      "-1",
      "17",
      "x",
      lanes(LANES - 1, "1"),
      lanes(LANES + 1, "1"),
      lanes(LANES, "01"),
      lanes(LANES, "1e3"),
      lanes(LANES, ""),
      lanes(LANES, "100000000000000"),
      `${lanes(LANES, "1")}.`,
      ` ${lanes(LANES, "1")}`,
      `${lanes(LANES, "1")}\n`,
    ]
  ) assert.equal(parseFeedPosition(text), undefined, text);
});

Deno.test("positions are compared by lane", () => {
  const [a, b] = [positionAt({ 0: 5, 1: 3 }), positionAt({ 0: 4, 1: 6 })];
  assert.deepEqual([isPast(a, b), isPast(b, a), isPast(a, a)], [true, true, false]);
  assert.deepEqual([isPast(FEED_START, a), isPast(a, FEED_START)], [false, true]);
  const both = furthest(a, b);
  assert.deepEqual(both, positionAt({ 0: 5, 1: 6 }));
  assert.deepEqual([isPast(a, both), isPast(b, both)], [false, false]);
  assert.deepEqual([changesUpTo(a), changesUpTo(b), changesUpTo(both)], [8, 10, 11]);
});
