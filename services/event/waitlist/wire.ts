import { z } from "@hono/zod-openapi";
import { pageQuery } from "@evently/shared/http";

/** `GET /admin/events/{id}/waitlist` */
export const WaitlistQuery = pageQuery({ limit: 20, maxLimit: 100 });

/** Which of the other fields there are depends on `code`. */
const Why = z.object({
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

/** People who wait or have an open offer, by place in line. */
export const WaitlistResponse = z.object({
  entries: z.array(z.object({
    waitlist_id: z.guid(),
    user_id: z.guid(),
    buyer_name: z.string().optional().openapi({ description: "Absent if the account is gone" }),
    buyer_email: z.string().optional(),
    position: z.int().openapi({ description: "From 1; 0 while there is an offer" }),
    quantity: z.int(),
    min_quantity: z.int(),
    ticket_type_ids: z.array(z.guid()).openapi({ description: "In order of preference" }),
    status: z.enum(["waiting", "offered"]),
    joined_at: z.iso.datetime(),
    passed: z.int().openapi({ description: "Seats that went past the entry since its last offer" }),
    passes: z.array(z.object({
      at: z.iso.datetime(),
      by_position: z.int().optional(),
      seats: z.int(),
      kept: z.int(),
    })).openapi({ description: "The latest first" }),
    why: Why.optional(),
    offered_at: z.iso.datetime().optional(),
    expires_at: z.iso.datetime().optional(),
    offer: z.object({
      reservation_id: z.guid(),
      ticket_type_id: z.guid(),
      quantity: z.int(),
      partial: z.boolean(),
      last: z.boolean(),
    }).optional(),
  })),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
  paused: z.boolean(),
  paused_at: z.iso.datetime().optional(),
}).openapi("ManagedWaitlist");

export const PausedWaitlistResponse = z.object({
  paused: z.boolean(),
  paused_at: z.iso.datetime().optional(),
}).openapi("WaitlistPause");
