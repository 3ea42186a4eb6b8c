import { CONFIRM_REQUIRED } from "../errors.ts";
import { eventIdInQuery, ticketCount } from "../fields.ts";
import { MAX_LINES, type WantedLine } from "./order_lines.ts";
import { DomainError } from "@evently/shared/errors";
import { z } from "@hono/zod-openapi";
import {
  choiceQuery,
  clampedQuery,
  idParam,
  MAX_INT32,
  opaqueText,
  optionalHeader,
  optionalOpaqueText,
  optionalText,
  pageQuery,
  requiredId,
} from "@evently/shared/http";

const RESERVE_REQUIRED = "event_id, quantity, and idempotency_key are required";
const AVAILABILITY_REQUIRED = "event_id and quantity are required";
const MAX_KEY_CHARS = 255;

const IdempotencyKey = opaqueText("idempotency_key", {
  required: RESERVE_REQUIRED,
  max: MAX_KEY_CHARS,
});

/** The place of an issue in a body, as `lines[2].quantity`. */
function placeOf(path: readonly PropertyKey[] = []): string {
  return path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`).join("")
    .slice(1);
}

function isMissing(input: unknown): boolean {
  return input === undefined || input === null || input === "";
}

/** A line of an order. */
const Line = z.object({
  ticket_type_id: z.guid({
    error: ({ input, path }) =>
      `${placeOf(path)} ${isMissing(input) ? "is required" : "must be a UUID"}`,
  }).transform((id) => id.toLowerCase()),
  quantity: z.int({
    error: ({ input, path }) =>
      `${placeOf(path)} ${isMissing(input) ? "is required" : "must be a whole number"}`,
  }).min(1, { error: ({ path }) => `${placeOf(path)} must be at least 1` })
    .max(MAX_INT32, { error: ({ path }) => `${placeOf(path)} must be at most ${MAX_INT32}` }),
}, { error: ({ path }) => `${placeOf(path)} must be an object` });

const LINES_RANGE = `lines must have 1 to ${MAX_LINES} items`;

/**
 * `POST /bookings/reserve`: either a quantity of the event's default type, or lines, each type once. The key may come as
 * a header instead.
 */
export const ReserveRequest = z.object({
  event_id: requiredId("event_id", { required: RESERVE_REQUIRED }),
  quantity: ticketCount("quantity", { required: RESERVE_REQUIRED }).nullish(),
  lines: z.array(Line, "lines must be a list").min(1, LINES_RANGE).max(MAX_LINES, LINES_RANGE)
    .nullish(),
  idempotency_key: IdempotencyKey.nullish(),
}).superRefine(({ quantity, lines }, c) => {
  const isGiven = quantity !== undefined && quantity !== null;
  if (!lines) {
    if (!isGiven) c.addIssue({ code: "custom", path: ["quantity"], message: RESERVE_REQUIRED });
    return;
  }
  if (isGiven) {
    const message = "quantity must not be sent with lines: each line has its own";
    c.addIssue({ code: "custom", path: ["quantity"], message });
  }
  const types = lines.map(({ ticket_type_id }) => ticket_type_id);
  types.forEach((type, i) => {
    const first = types.indexOf(type);
    if (first === i) return;
    const path = ["lines", i, "ticket_type_id"];
    const message = `${placeOf(path)} must differ from that of lines[${first}]`;
    c.addIssue({ code: "custom", path, message });
  });
}).openapi("ReserveRequest");

/** The lines that a valid request asks for. */
export function wantedLines(
  { quantity, lines }: z.infer<typeof ReserveRequest>,
): readonly WantedLine[] {
  if (lines) {
    return lines.map(({ ticket_type_id, quantity }) => ({
      ticketTypeId: ticket_type_id,
      quantity,
    }));
  }
  if (!quantity) throw new DomainError("VALIDATION_FAILED", RESERVE_REQUIRED);
  return [{ ticketTypeId: undefined, quantity }];
}

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
  event_id: eventIdInQuery({ required: AVAILABILITY_REQUIRED }),
  quantity: z.string(AVAILABILITY_REQUIRED).min(1, AVAILABILITY_REQUIRED)
    .refine(
      (text) => text === "" || (WHOLE_NUMBER.test(text) && Number(text) <= MAX_INT32),
      "Invalid quantity",
    )
    .transform(Number)
    .openapi({ type: "integer", minimum: 1, maximum: MAX_INT32 }),
  ticket_type_id: z.string()
    .refine((id) => id === "" || z.guid().safeParse(id).success, "Invalid ticket_type_id format")
    .transform((id) => id.toLowerCase() || undefined)
    .optional()
    .openapi({ format: "uuid" }),
});

export const BookingIdParams = z.object({ id: idParam("Invalid booking ID format") });
export const UserIdParams = z.object({ userId: idParam("Invalid user ID format") });

/** `GET /bookings/user/{userId}` */
export const BookingListQuery = pageQuery({ limit: 10, maxLimit: 100 }).extend({
  status: choiceQuery("status", ["pending", "confirmed", "cancelled", "expired"]),
});
export const TicketParams = z.object({ code: z.string().min(1).max(64) });

const ACTIVITY_MAX = 100;

export const ActivityQuery = z.object({
  limit: clampedQuery("limit", { min: 1, max: ACTIVITY_MAX, default: 50 }),
});
