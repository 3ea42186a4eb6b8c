import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql } from "@evently/shared/postgres";
import type { CommitResponse, HoldResponse, ReleaseResponse } from "../inventory/wire.ts";
import type { EventWorld } from "./world.ts";

/** How long the holds of these tests last. */
export const HOLD_TTL_MS = 5 * 60_000;

/** An allocation to hold; a new one where none is named. */
export interface Wish {
  id?: string;
  quantity?: number;
  expires_at?: string;
}

/** The only batch of a response. */
export type BatchOf<Response extends { batches: unknown[] }> = Response["batches"][number];

/** The seat routes of one event. */
export interface Seats {
  hold(wishes: Wish[], options?: Record<string, unknown>): Promise<BatchOf<HoldResponse>>;
  commit(...ids: string[]): Promise<BatchOf<CommitResponse>>;
  release(...ids: string[]): Promise<BatchOf<ReleaseResponse>>;
  /** Holds seats; answers the allocation's id. */
  held(quantity?: number): Promise<string>;
  waitlist(open: boolean): Promise<void>;
}

export function seatsOf(world: EventWorld, eventId: string): Seats {
  /** A batch for this event, as the only one of its request. */
  async function batch(
    path: string,
    { items, allocation_ids, ...options }: Record<string, unknown>,
  ) {
    const body = { batches: [{ event_id: eventId, items, allocation_ids }], ...options };
    const answer = await world.internal("POST", `/seats/${path}`, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.batches[0];
  }
  const expiry = () => new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  const seats: Seats = {
    hold: (wishes, options = {}) =>
      batch("hold", {
        items: wishes.map(({ id = newId(), quantity = 1, expires_at = expiry() }) => ({
          allocation_id: id,
          quantity,
          expires_at,
        })),
        ...options,
      }),
    commit: (...allocationIds) => batch("commit", { allocation_ids: allocationIds }),
    release: (...allocationIds) => batch("release", { allocation_ids: allocationIds }),
    async held(quantity = 1) {
      const id = newId();
      const { results } = await seats.hold([{ id, quantity }]);
      if (results[0]?.outcome !== "held") throw new Error(JSON.stringify(results));
      return id;
    },
    async waitlist(open) {
      const answer = await world.internal("POST", `/events/${eventId}/waitlist`, { open });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    },
  };
  return seats;
}

/** The outcomes of a batch, in order. */
export function outcomes({ results }: { results: { outcome: string }[] }): string[] {
  return results.map(({ outcome }) => outcome);
}

/** How many seats there are of each kind. */
export function countSeats(
  sql: Sql,
  eventId: string,
): Promise<{ available: number; held: number; sold: number; set_aside: number }> {
  return exactlyOne(
    sql<{ available: number; held: number; sold: number; set_aside: number }[]>`
    SELECT capacity - held - sold - set_aside AS available, held, sold, set_aside
      FROM seat_inventory WHERE event_id = ${eventId}`,
    (row) => ({ ...row }),
  );
}
