import { z } from "@hono/zod-openapi";

/** How much of a price comes back, by how long before the start a booking is cancelled. */
export const RefundPolicy = z.array(z.object({
  /** At least this many hours before the start … */
  hours_before: z.number().min(0).max(100_000),
  /** … this much is refunded. */
  percent: z.number().min(0).max(100),
})).min(1).max(10);

/** What other services show of an event, whatever its status. */
export const EventSummary = z.object({
  event_id: z.string(),
  name: z.string(),
  venue_name: z.string(),
  venue_city: z.string(),
  start_datetime: z.string(),
  end_datetime: z.string(),
  timezone: z.string(),
  status: z.enum(["draft", "published", "sold_out", "cancelled"]),
  currency: z.string(),
  /** By `hours_before`, the largest first; absent where the platform's default holds. */
  refund_policy: RefundPolicy.optional(),
}).openapi("EventSummary");

/** The most events of one look-up. */
export const MAX_LOOKUP = 100;

/** `POST /internal/events/lookup` */
export const LookupRequest = z.object({
  event_ids: z.array(z.guid()).min(1).max(MAX_LOOKUP),
}).openapi("LookupRequest");

/** Those that exist, in no order. */
export const LookupResponse = z.object({ events: z.array(EventSummary) }).openapi("LookupResponse");

export type EventSummary = z.infer<typeof EventSummary>;
