import type { SeatProof } from "../../api/events.ts";

/** Whether every area of an event adds up, the house included. */
export function isProven({ adds_up, pools }: SeatProof): boolean {
  return adds_up && pools.every((pool) => pool.adds_up);
}
