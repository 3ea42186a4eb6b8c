/**
 * Lanes: buckets of events, by which background work is read. Everything of an event is in one lane. Processes begin at
 * different lanes, so that they rarely meet; the claim of each row decides if they do.
 */

/** How many lanes there are, as `lane_of` of each database has it. */
export const LANES = 16;

/** The lane of an event, as `lane_of(event_id)` in SQL: the last digit of its id. */
export function laneOf(eventId: string): number {
  return Number.parseInt(eventId.slice(-1), 16);
}

/** All lanes in order, from `first` on and round. */
export function lanesFrom(first: number): number[] {
  return Array.from({ length: LANES }, (_, i) => (first + i) % LANES);
}
