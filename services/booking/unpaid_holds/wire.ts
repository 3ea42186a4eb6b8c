import { z } from "@hono/zod-openapi";
import type { MadeBlock } from "./block_buyer.ts";
import type { HoldBlock, HoldingAccount, HoldOutcomes } from "./store.ts";
import type { UnpaidHoldsView } from "./view_unpaid_holds.ts";

const HOUR_MS = 3_600_000;
/** A week: an account that should stay away for longer is blocked again. */
const MAX_HOURS = 168;

const Count = z.object({ bookings: z.int(), tickets: z.int() });
const Outcomes = z.object({ paid: Count, lapsed: Count });

const BLOCK = {
  user_id: z.guid(),
  blocked_at: z.iso.datetime(),
  blocked_until: z.iso.datetime(),
};

/** `GET /internal/events/{id}/holds` */
export const UnpaidHoldsBody = z.object({
  held: Count.extend({ accounts: z.int() }),
  paying: Count,
  last_hour: Outcomes,
  last_day: Outcomes,
  accounts: z.array(z.object({
    user_id: z.guid(),
    held: Count,
    last_hour: Outcomes,
    last_day: Outcomes,
  })),
  blocks: z.array(z.object(BLOCK)),
});

export const BlockRequest = z.object({
  hours: z.int("hours must be a whole number").min(1, "hours must be at least 1")
    .max(MAX_HOURS, `hours must be at most ${MAX_HOURS}`),
});

/** `PUT /internal/events/{id}/holds/blocks/{user_id}` */
export const MadeBlockBody = z.object({
  ...BLOCK,
  released: Count,
  left_waitlist: z.boolean(),
});

export const UnblockedBody = z.object({ was_blocked: z.boolean() });

export function toMs({ hours }: z.infer<typeof BlockRequest>): number {
  return hours * HOUR_MS;
}

export function toUnpaidHolds(
  { holds, blocks }: UnpaidHoldsView,
): z.infer<typeof UnpaidHoldsBody> {
  const { held, paying, accounts } = holds;
  return {
    held,
    paying,
    ...toOutcomes(holds),
    accounts: accounts.map(toAccount),
    blocks: blocks.map(toBlock),
  };
}

export function toMadeBlock(
  { block, released, leftWaitlist }: MadeBlock,
): z.infer<typeof MadeBlockBody> {
  return { ...toBlock(block), released, left_waitlist: leftWaitlist };
}

function toAccount({ userId, held, ...outcomes }: HoldingAccount) {
  return { user_id: userId, held, ...toOutcomes(outcomes) };
}

function toOutcomes(
  { lastHour, lastDay }: { lastHour: HoldOutcomes; lastDay: HoldOutcomes },
) {
  return { last_hour: lastHour, last_day: lastDay };
}

function toBlock({ userId, blockedAt, blockedUntil }: HoldBlock) {
  return {
    user_id: userId,
    blocked_at: blockedAt.toISOString(),
    blocked_until: blockedUntil.toISOString(),
  };
}
