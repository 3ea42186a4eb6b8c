import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import type { EntryView, Offered } from "./entry_view.ts";
import type { ListedEntry, WaitlistPage } from "./list_waitlist.ts";
import type { WaitlistQueue } from "./store.ts";
import { estimatedWait, type WaitReason } from "./why.ts";

/** `expired`: the entry ended without a purchase; `why` tells if it was closed. */
const Status = z.enum(["waiting", "offered", "converted", "expired"]);

const EstimatedWait = z.string().openapi({
  description: "Next in line, 5-15 minutes, 15-60 minutes or More than 1 hour",
  example: "5-15 minutes",
});

const POSITION = z.int().openapi({ description: "From 1; 0 for an entry that is not in line" });

/** Which of the other fields there are depends on `code`. */
export const WhyResponse = z.object({
  code: z.enum([
    "NOTHING_FREE",
    "OTHERS_FIRST",
    "GATHERING",
    "BEHIND_A_GROUP",
    "STANDING_BACK",
    "NOT_ON_SALE",
    "PAUSED",
    "CLOSED",
  ]),
  entries: z.int().optional(),
  seats: z.int().optional(),
  kept: z.int().optional(),
  of: z.int().optional(),
  passed: z.int().optional(),
  until: z.iso.datetime().optional(),
  reason: z.enum(["event_over", "starts_soon", "types_ended", "buyer_limit"]).optional(),
}).openapi("WaitlistWhy", { description: "Why there is no offer now" });

/** What an entry wants besides its quantity, and who is before it. */
const WISH_AND_PLACE = {
  min_quantity: z.int(),
  ticket_type_ids: z.array(z.guid()).openapi({ description: "In order of preference" }),
  ahead: z.object({ entries: z.int(), seats: z.int() }).openapi({
    description: "Entries before this one, and the tickets that they want; roughly, in a long line",
  }),
};

export const WaitlistEntryResponse = z.object({
  waitlist_id: z.guid(),
  position: POSITION,
  estimated_wait: EstimatedWait,
  status: Status,
  total_waiting: z.int(),
  quantity: z.int(),
  ...WISH_AND_PLACE,
}).openapi("WaitlistEntry");

const OFFER = {
  reservation_id: z.guid(),
  ticket_type_id: z.guid(),
  quantity: z.int(),
  partial: z.boolean().openapi({ description: "Fewer than wanted; declining it costs no place" }),
  last: z.boolean().openapi({
    description: "All that came together in the time for it; declining it costs no place",
  }),
};

export const WaitlistPositionResponse = z.object({
  position: POSITION,
  total_waiting: z.int(),
  status: Status,
  estimated_wait: EstimatedWait,
  quantity_requested: z.int(),
  offered_at: z.iso.datetime().optional(),
  expires_at: z.iso.datetime().optional(),
  reservation_id: z.guid().optional(),
  waitlist_id: z.guid(),
  ...WISH_AND_PLACE,
  why: WhyResponse.optional(),
  estimated_minutes: z.int().optional(),
  offer: z.object({
    ...OFFER,
    expires_at: z.iso.datetime(),
    total_amount: z.number(),
    currency: z.string(),
  }).optional(),
}).openapi("WaitlistPosition");

export const LeftResponse = z.object({
  message: z.literal("Successfully removed from waitlist"),
}).openapi("WaitlistLeft");

export const DeclinedResponse = z.object({ message: z.literal("Offer declined") })
  .openapi("OfferDeclined");

const PAUSE = { paused: z.boolean(), paused_at: z.iso.datetime().optional() };

/** `POST /internal/events/{id}/waitlist/pause` and `/resume` */
export const PauseResponse = z.object(PAUSE);

/** `GET /internal/events/{id}/waitlist` */
export const WaitlistPageResponse = z.object({
  entries: z.array(z.object({
    waitlist_id: z.guid(),
    user_id: z.guid(),
    buyer_name: z.string().optional(),
    buyer_email: z.string().optional(),
    position: z.int(),
    quantity: z.int(),
    min_quantity: z.int(),
    ticket_type_ids: z.array(z.guid()),
    status: z.enum(["waiting", "offered"]),
    joined_at: z.iso.datetime(),
    passed: z.int(),
    passes: z.array(z.object({
      at: z.iso.datetime(),
      by_position: z.int().optional(),
      seats: z.int(),
      kept: z.int(),
    })),
    why: WhyResponse.optional(),
    offered_at: z.iso.datetime().optional(),
    expires_at: z.iso.datetime().optional(),
    offer: z.object(OFFER).optional(),
  })),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
  ...PAUSE,
});

/** An entry after it has joined or changed. */
export function toWaitlistEntry(
  { entry, status, position, total, ahead }: EntryView,
): z.infer<typeof WaitlistEntryResponse> {
  return {
    waitlist_id: entry.entryId,
    position,
    estimated_wait: estimatedWait(position),
    status,
    total_waiting: total,
    quantity: entry.quantity,
    min_quantity: entry.minQuantity,
    ticket_type_ids: [...entry.ticketTypeIds],
    ahead,
  };
}

export function toWaitlistPosition(
  { entry, status, position, total, ahead, why, estimatedMinutes, offer }: EntryView,
): z.infer<typeof WaitlistPositionResponse> {
  return {
    position,
    total_waiting: total,
    status,
    estimated_wait: estimatedWait(position),
    quantity_requested: entry.quantity,
    ...(offer
      ? {
        offered_at: offer.offeredAt.toISOString(),
        expires_at: offer.expiresAt.toISOString(),
        reservation_id: offer.offerId,
      }
      : {}),
    waitlist_id: entry.entryId,
    min_quantity: entry.minQuantity,
    ticket_type_ids: [...entry.ticketTypeIds],
    ahead,
    ...(why ? { why: toWhy(why) } : {}),
    ...(estimatedMinutes === undefined ? {} : { estimated_minutes: estimatedMinutes }),
    ...(offer
      ? {
        offer: {
          ...toOffer(offer),
          expires_at: offer.expiresAt.toISOString(),
          total_amount: toMajor(offer.totalMinor, offer.currency),
          currency: offer.currency,
        },
      }
      : {}),
  };
}

function toWhy(reason: WaitReason): z.infer<typeof WhyResponse> {
  return "until" in reason ? { ...reason, until: reason.until.toISOString() } : reason;
}

function toOffer({ offerId, ticketTypeId, quantity, isPartial, isLast }: Offered) {
  return {
    reservation_id: offerId,
    ticket_type_id: ticketTypeId,
    quantity,
    partial: isPartial,
    last: isLast,
  };
}

export function toPause(
  { pausedAt }: Pick<WaitlistQueue, "pausedAt">,
): z.infer<typeof PauseResponse> {
  return {
    paused: pausedAt !== undefined,
    ...(pausedAt ? { paused_at: pausedAt.toISOString() } : {}),
  };
}

export function toWaitlistPage(
  { entries, total, pausedAt }: WaitlistPage,
  { page, limit }: { page: number; limit: number },
): z.infer<typeof WaitlistPageResponse> {
  return {
    entries: entries.map(toListedEntry),
    total,
    page,
    limit,
    has_more: page * limit < total,
    ...toPause({ pausedAt }),
  };
}

function toListedEntry(
  { entry, buyer, position, why, passes, offer }: ListedEntry,
): z.infer<typeof WaitlistPageResponse>["entries"][number] {
  return {
    waitlist_id: entry.entryId,
    user_id: entry.userId,
    ...(buyer ? { buyer_name: buyer.name, buyer_email: buyer.email } : {}),
    position,
    quantity: entry.quantity,
    min_quantity: entry.minQuantity,
    ticket_type_ids: [...entry.ticketTypeIds],
    status: offer ? "offered" : "waiting",
    joined_at: entry.joinedAt.toISOString(),
    passed: entry.passed,
    passes: passes.map(({ passedAt, byPosition, seats, kept }) => ({
      at: passedAt.toISOString(),
      ...(byPosition === undefined ? {} : { by_position: byPosition }),
      seats,
      kept,
    })),
    ...(why ? { why: toWhy(why) } : {}),
    ...(offer
      ? {
        offered_at: offer.offeredAt.toISOString(),
        expires_at: offer.expiresAt.toISOString(),
        offer: toOffer(offer),
      }
      : {}),
  };
}
