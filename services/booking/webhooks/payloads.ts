import { z } from "@hono/zod-openapi";

/** What facts of the waitlist have in common, of their stored payloads. */
export const EntryPayload = z.object({
  user_id: z.uuid(),
  quantity: z.int().positive(),
  offer_id: z.uuid().optional(),
});
