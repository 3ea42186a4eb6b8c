import { LANES } from "./lanes.ts";

/** Position in the change feed: by lane, the number of the last change that was taken; 0 for none. */
export type FeedPosition = readonly number[];

/** The position before all changes. */
export const FEED_START: FeedPosition = Array.from({ length: LANES }, () => 0);

const START_TEXT = "0";
/** Up to 14 digits, so that the sum over all lanes is exact. */
const NUMBERS = /^(?:0|[1-9]\d{0,13})(?:\.(?:0|[1-9]\d{0,13}))*$/;

/** Parses a position such as `3.17.0.…`; `0` is the start. Returns `undefined` for any other text. */
export function parseFeedPosition(text: string): FeedPosition | undefined {
  if (text === START_TEXT) return FEED_START;
  if (!NUMBERS.test(text)) return undefined;
  const position = text.split(".").map(Number);
  return position.length === LANES ? position : undefined;
}

export function formatFeedPosition(position: FeedPosition): string {
  return position.join(".");
}

/** Whether `position` is past `other` in any lane. Of two positions, each may be past the other. */
export function isPast(position: FeedPosition, other: FeedPosition): boolean {
  return position.some((change, lane) => change > numberIn(other, lane));
}

/** The position that has taken what either has. */
export function furthest(a: FeedPosition, b: FeedPosition): FeedPosition {
  return a.map((change, lane) => Math.max(change, numberIn(b, lane)));
}

/** The number of the last change taken in a lane. */
export function numberIn(position: FeedPosition, lane: number): number {
  return position[lane] ?? 0;
}

/** How many numbers a position has passed in all lanes; rises with every step of a reader. */
export function changesUpTo(position: FeedPosition): number {
  return position.reduce((sum, change) => sum + change, 0);
}
