import { CONFIRM_REQUIRED } from "../errors.ts";
import { z } from "@hono/zod-openapi";
import {
  clampedQuery,
  idParam,
  MAX_INT32,
  opaqueText,
  optionalHeader,
  optionalOpaqueText,
  optionalText,
  requiredId,
} from "@evently/shared/http";

const RESERVE_REQUIRED = "event_id, quantity, and idempotency_key are required";
const AVAILABILITY_REQUIRED = "event_id and quantity are required";
const MAX_KEY_CHARS = 255;

const Quantity = z.int({
  error: ({ input }) =>
    input === undefined || input === null ? RESERVE_REQUIRED : "quantity must be a whole number",
}).min(1, "quantity must be at least 1").max(MAX_INT32, `quantity must be at most ${MAX_INT32}`);

const IdempotencyKey = opaqueText("idempotency_key", {
  required: RESERVE_REQUIRED,
  max: MAX_KEY_CHARS,
});

/** `POST /bookings/reserve`; the key may come as a header instead. */
export const ReserveRequest = z.object({
  event_id: requiredId("event_id", { required: RESERVE_REQUIRED }),
  quantity: Quantity,
  idempotency_key: IdempotencyKey.nullish(),
}).openapi("ReserveRequest");

/** The header that may carry the key instead. */
export const IdempotencyKeyHeader = optionalHeader("Idempotency-Key", { maxChars: MAX_KEY_CHARS });

/** The refusal when neither body nor header has a key. */
export { RESERVE_REQUIRED };

/** `POST /bookings/confirm`; a free booking needs no payment fields. */
export const ConfirmRequest = z.object({
  reservation_id: requiredId("reservation_id", { required: CONFIRM_REQUIRED }),
  payment_token: optionalOpaqueText("payment_token"),
  payment_method: optionalText("payment_method", { max: 50 })
    .transform((text) => text || undefined),
}).openapi("ConfirmRequest");

/** A whole number above zero, as JSON writes it. */
const WHOLE_NUMBER = /^[1-9]\d*$/;

/** `GET /bookings/check-availability` */
export const AvailabilityQuery = z.object({
  event_id: z.string(AVAILABILITY_REQUIRED).min(1, AVAILABILITY_REQUIRED)
    .refine((id) => id === "" || z.guid().safeParse(id).success, "Invalid event_id format")
    .transform((id) => id.toLowerCase())
    .openapi({ format: "uuid" }),
  quantity: z.string(AVAILABILITY_REQUIRED).min(1, AVAILABILITY_REQUIRED)
    .refine(
      (text) => text === "" || (WHOLE_NUMBER.test(text) && Number(text) <= MAX_INT32),
      "Invalid quantity",
    )
    .transform(Number)
    .openapi({ type: "integer", minimum: 1, maximum: MAX_INT32 }),
});

export const BookingIdParams = z.object({ id: idParam("Invalid booking ID format") });
export const UserIdParams = z.object({ userId: idParam("Invalid user ID format") });
export const EventIdParams = z.object({ id: idParam("Invalid event ID format") });
export const TicketParams = z.object({ code: z.string().min(1).max(64) });

const ACTIVITY_MAX = 100;

export const ActivityQuery = z.object({
  limit: clampedQuery("limit", { min: 1, max: ACTIVITY_MAX, default: 50 }),
});
