import { z } from "@hono/zod-openapi";
import { idParam } from "@evently/shared/http";
import type { JudgedHolds } from "./view_unpaid_holds.ts";

/** A day, unless the organiser says otherwise; a week at most. */
const DEFAULT_HOURS = 24;
const MAX_HOURS = 168;
/** Decimals of a share. */
const SHARE_STEPS = 1_000;

export const BlockParams = z.object({
  id: idParam("Invalid event ID"),
  user_id: idParam("Invalid user ID format"),
});

export const BlockRequest = z.object({
  hours: z.int("hours must be a whole number").min(1, "hours must be at least 1")
    .max(MAX_HOURS, `hours must be at most ${MAX_HOURS}`).default(DEFAULT_HOURS),
}).openapi("BlockRequest");

const Count = z.object({ bookings: z.int(), tickets: z.int() }).openapi("HoldCount");

const OUTCOMES = { paid: Count, lapsed: Count };

const Outcomes = z.object({
  ...OUTCOMES,
  lapsed_share: z.number().optional().openapi({
    description: "Of the reservations that ended, from 0 to 1; absent if none did",
  }),
}).openapi("HoldOutcomes");

const BLOCK = {
  user_id: z.guid(),
  blocked_at: z.iso.datetime(),
  blocked_until: z.iso.datetime(),
};

export const UnpaidHoldsResponse = z.object({
  total_capacity: z.int(),
  held: Count.extend({ accounts: z.int() }).openapi({
    description: "Open reservations that nobody is paying, and how many accounts have them",
  }),
  paying: Count,
  last_hour: Outcomes,
  last_day: Outcomes,
  warning: z.enum(["few_accounts", "many_accounts"]).optional().openapi({
    description:
      "Hardly any reservation of the last hour was paid: a few accounts hold seats again and again, or many do, or " +
      "payments fail",
  }),
  accounts: z.array(z.object({
    user_id: z.guid(),
    held: Count,
    last_hour: z.object(OUTCOMES),
    last_day: z.object(OUTCOMES),
    blocked_until: z.iso.datetime().optional(),
  })).openapi({
    description: "The ten with the most unpaid tickets, at least two reservations each",
  }),
  blocks: z.array(z.object(BLOCK)),
}).openapi("UnpaidHolds");

export const BlockResponse = z.object({
  ...BLOCK,
  released: Count.openapi({ description: "Reservations that ended at once" }),
  left_waitlist: z.boolean(),
}).openapi("BuyerBlock");

export const UnblockedResponse = z.object({ was_blocked: z.boolean() }).openapi("BuyerUnblocked");

export function toUnpaidHolds(
  { holds, capacity, warning }: JudgedHolds,
): z.infer<typeof UnpaidHoldsResponse> {
  const { held, paying, last_hour, last_day, accounts, blocks } = holds;
  const untilOf = new Map(blocks.map((block) => [block.user_id, block.blocked_until]));
  return {
    total_capacity: capacity,
    held,
    paying,
    last_hour: toOutcomes(last_hour),
    last_day: toOutcomes(last_day),
    ...(warning ? { warning } : {}),
    accounts: accounts.map((account) => {
      const until = untilOf.get(account.user_id);
      return { ...account, ...(until === undefined ? {} : { blocked_until: until }) };
    }),
    blocks,
  };
}

function toOutcomes(
  { paid, lapsed }: JudgedHolds["holds"]["last_hour"],
): z.infer<typeof Outcomes> {
  const ended = paid.bookings + lapsed.bookings;
  const share = Math.round(lapsed.bookings / ended * SHARE_STEPS) / SHARE_STEPS;
  return { paid, lapsed, ...(ended === 0 ? {} : { lapsed_share: share }) };
}
