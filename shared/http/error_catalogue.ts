import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * The one table from what went wrong in the domain to what HTTP calls it. Services add their codes
 * here, so that a client sees one vocabulary.
 */
export const ERROR_CATALOGUE = {
  VALIDATION_FAILED: 400,
  INVALID_JSON: 400,
  INVALID_HOST: 400,
  UNAUTHORIZED: 401,
  PAYMENT_DECLINED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,

  // user service, admin accounts
  EMAIL_TAKEN: 409,
  BAD_CREDENTIALS: 401,
  BAD_REFRESH_TOKEN: 401,
  REGISTRATION_CLOSED: 403,

  // event service
  EVENT_NOT_FOUND: 404,
  EVENT_NOT_BOOKABLE: 404,
  EVENT_STATE_CONFLICT: 409,
  CAPACITY_BELOW_SOLD: 409,
  STALE_VERSION: 409,
  VENUE_NOT_FOUND: 404,
  VENUE_IN_USE: 409,
  UNKNOWN_VENUE: 400,
  NOT_ENOUGH_SEATS: 409,

  // booking service
  EVENT_UNKNOWN: 400,
  TOO_MANY_TICKETS: 400,
  BOOKING_NOT_FOUND: 404,
  BOOKING_STATE_CONFLICT: 409,
  RESERVATION_EXPIRED: 400,
  PAYMENT_IN_PROGRESS: 503,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** The HTTP status of a domain error's code; an unknown code is our own mistake. */
export function statusOf(code: string): ContentfulStatusCode {
  return code in ERROR_CATALOGUE ? ERROR_CATALOGUE[code as ErrorCode] : 500;
}
