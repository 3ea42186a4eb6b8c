import { z } from "@hono/zod-openapi";
import { idParam, MAX_INT32 } from "@evently/shared/http";

/** A number of tickets in a body; `required` is the message where it is missing. */
export function ticketCount(field: string, { required = `${field} is required` } = {}) {
  return z.int({
    error: ({ input }) =>
      input === undefined || input === null ? required : `${field} must be a whole number`,
  }).min(1, `${field} must be at least 1`).max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

/** The event that a query names; `required` is the message where it is missing. */
export function eventIdInQuery({ required }: { required: string }) {
  return z.string(required).min(1, required)
    .refine((id) => id === "" || z.guid().safeParse(id).success, "Invalid event_id format")
    .transform((id) => id.toLowerCase())
    .openapi({ format: "uuid" });
}

export const EventIdParams = z.object({ id: idParam("Invalid event ID format") });
