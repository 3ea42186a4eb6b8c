/** One kind of failure as a client sees it. */
interface ErrorEntry {
  /** HTTP status; only `shared/http` reads it. */
  readonly status: number;
  /** Text of the answer, or a function that makes it of one argument. */
  readonly text: string | ((argument: never) => string);
}

/** The text is the thrower's: it names the field or the rule that was broken. */
function given(text: string): string {
  return text;
}

/**
 * Every failure that a client can meet: code, HTTP status and text, one code for one meaning. Source: the
 * HTTP contract, which fixes statuses and texts. A new code is one line here.
 */
export const ERRORS = {
  VALIDATION_FAILED: { status: 400, text: given },
  INVALID_JSON: { status: 400, text: given },
  INVALID_HOST: { status: 400, text: "The Host of the request is malformed" },
  UNAUTHORIZED: { status: 401, text: given },
  FORBIDDEN: { status: 403, text: given },
  INVALID_API_KEY: { status: 403, text: "Invalid API key" },
  NOT_FOUND: { status: 404, text: "Route not found" },
  METHOD_NOT_ALLOWED: { status: 405, text: given },
  REQUEST_TIMEOUT: { status: 408, text: "The request body did not arrive in time" },
  PAYLOAD_TOO_LARGE: { status: 413, text: "Request body is too large" },
  RATE_LIMITED: { status: 429, text: given },
  INTERNAL: { status: 500, text: "Internal server error" },
  UNAVAILABLE: { status: 503, text: given },

  // Accounts of buyers and organisers
  EMAIL_TAKEN: {
    status: 409,
    text: (of: "user" | "admin") =>
      of === "user" ? "User with this email already exists" : "Email already exists",
  },
  BAD_CREDENTIALS: { status: 401, text: "Incorrect email or password" },
  WRONG_PASSWORD: { status: 403, text: "The password is wrong" },
  ACCOUNT_HAS_TICKETS: {
    status: 409,
    text: (tickets: number) =>
      `Account has paid tickets of events to come: ${tickets}. Give them up, or wait until the events are over`,
  },
  BAD_REFRESH_TOKEN: { status: 401, text: "Invalid or expired refresh token" },
  BAD_ACCOUNT_LINK: { status: 400, text: "This link is invalid, was used, or has expired" },
  REGISTRATION_CLOSED: {
    status: 403,
    text: "Forbidden: only a super_admin may register admins",
  },
  USER_NOT_FOUND: { status: 404, text: "User not found" },

  // Events and venues
  /** No such event among those that the caller may see: drafts, for the public; events of others, for an organiser. */
  EVENT_NOT_FOUND: {
    status: 404,
    text: (by: "public" | "organiser") =>
      by === "public" ? "Event not found" : "Event not found or you don't have permission",
  },
  /** The event of the path or query is unknown or not on sale. {@link EVENT_UNKNOWN} is its twin for bodies. */
  EVENT_NOT_BOOKABLE: { status: 404, text: "Event not found or not available for booking" },
  EVENT_STATE_CONFLICT: { status: 409, text: given },
  CAPACITY_BELOW_SOLD: {
    status: 409,
    text: (
      { wished, taken, field = "total_capacity" }: {
        wished: number;
        taken: number;
        field?: "total_capacity" | "capacity";
      },
    ) => `Cannot set ${field} to ${wished} as seats are held or sold: current value is ${taken}`,
  },
  STALE_VERSION: {
    status: 409,
    text: (by: "admin" | "process" | "admin of ticket type") => {
      if (by === "process") return "Event was updated by another process. Please retry.";
      const what = by === "admin" ? "Event" : "Ticket type";
      return `${what} was updated by another admin. Please refresh and try again.`;
    },
  },
  POOL_NOT_FOUND: { status: 404, text: "Pool not found" },
  POOL_IN_USE: { status: 409, text: (why: string) => `Cannot delete pool as ${why}` },
  TICKET_TYPE_NOT_FOUND: { status: 404, text: "Ticket type not found" },
  LAST_TICKET_TYPE: {
    status: 409,
    text: "Cannot archive ticket type as an event must have one that is not archived",
  },
  /** The event has as many pools or ticket types as it can have. */
  OFFER_FULL: {
    status: 409,
    text: ({ what, limit }: { what: "pools" | "ticket types"; limit: number }) =>
      `Cannot add to the event's ${what} as ${limit} is the most: current value is ${limit}`,
  },
  VENUE_NOT_FOUND: { status: 404, text: "Venue not found" },
  /** The venue that the body of an event names does not exist. */
  UNKNOWN_VENUE: { status: 400, text: "Invalid venue ID - venue does not exist" },
  VENUE_IN_USE: { status: 409, text: "Cannot delete venue with associated events" },
  NOT_ENOUGH_SEATS: {
    status: 409,
    text: (text = "Not enough seats available") => text,
  },

  // Organisations and who belongs to them
  ORGANISATION_NOT_FOUND: {
    status: 404,
    text: "Organisation not found or you don't belong to it",
  },
  MEMBER_NOT_FOUND: { status: 404, text: "Member not found" },
  LAST_OWNER: {
    status: 409,
    text: "Cannot remove or demote the last owner as an organisation must have one",
  },
  ACCOUNT_HAS_EVENTS: {
    status: 409,
    text: (events: number) =>
      `Account is the only one of an organisation with published events that have not ended: ${events}. Make somebody ` +
      "else an owner, cancel the events, or wait until they are over",
  },
  LAST_SUPER_ADMIN: {
    status: 409,
    text: "Cannot delete the last super admin as the platform must have one",
  },
  ALREADY_MEMBER: { status: 409, text: "This account is a member of the organisation already" },
  ORGANISATION_FULL: {
    status: 409,
    text: ({ what, limit }: { what: string; limit: number }) =>
      `Cannot add to ${what} as ${limit} is the most: current value is ${limit}`,
  },
  INVITATION_NOT_FOUND: { status: 404, text: "Invitation not found" },
  BAD_INVITATION: {
    status: 400,
    text: "This invitation is invalid, was used or withdrawn, or has expired",
  },
  INVITATION_FOR_ANOTHER: {
    status: 403,
    text: "Forbidden: this invitation is for another address",
  },

  // Webhooks of organisers
  WEBHOOK_NOT_FOUND: { status: 404, text: "Webhook not found" },
  WEBHOOK_LIMIT_REACHED: {
    status: 409,
    text: (limit: number) =>
      `Cannot add a webhook as ${limit} is the most: current value is ${limit}`,
  },
  WEBHOOK_PAUSED: { status: 409, text: "Cannot send as the webhook is paused" },
  DELIVERY_NOT_FOUND: { status: 404, text: "Delivery not found" },

  // Bookings and payments
  /** The event that the body of a request names is unknown or not on sale: 400, as the contract has it. */
  EVENT_UNKNOWN: {
    status: 400,
    text: (by: "reservation" | "waitlist") =>
      by === "waitlist" ? "Event not found" : "Event not found or not available for booking",
  },
  TOO_MANY_TICKETS: {
    status: 400,
    text: (max: { limit: number; ofEvent: boolean } | { limitOfType: number | undefined }) =>
      "limit" in max
        ? `Maximum ${max.limit} tickets allowed per booking${max.ofEvent ? " for this event" : ""}`
        : `Maximum ${max.limitOfType} of this ticket type allowed per order`,
  },
  /** The ticket type that a line names is unknown, of another event, not active, or outside its sale window. */
  TICKET_TYPE_NOT_ON_SALE: { status: 400, text: "Ticket type not found or not on sale" },
  MIN_QUANTITY: {
    status: 400,
    text: (limitOfType: number | undefined) =>
      `Minimum ${limitOfType} of this ticket type required per order`,
  },
  BUYER_LIMIT_REACHED: {
    status: 409,
    text: "Cannot reserve as it is more than one buyer can have",
  },
  /** The organiser of an event takes no reservations from one account for a time. */
  RESERVATIONS_BLOCKED: {
    status: 409,
    text: (until: string) =>
      `Cannot reserve as the organiser takes no reservations from this account until ${until}`,
  },
  BLOCKS_FULL: {
    status: 409,
    text: (limit: number) =>
      `Cannot block an account as ${limit} is the most of an event: current value is ${limit}`,
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    text: (verb: "reserve" | "refund" = "reserve") =>
      `Cannot ${verb} as this idempotency_key was used for another request`,
  },
  /** A webhook path of no payment provider that is in use. */
  PAYMENT_PROVIDER_NOT_FOUND: {
    status: 404,
    text: "No payment provider in use sends webhooks here",
  },
  WEBHOOK_FORGED: { status: 400, text: "The webhook's signature is missing, wrong or too old" },
  RESERVATION_EXPIRED: { status: 400, text: "Reservation not found or expired" },
  BOOKING_NOT_FOUND: { status: 404, text: "Booking not found" },
  /** The booking, or the list of bookings, belongs to another user. */
  BOOKING_NOT_YOURS: {
    status: 403,
    text: (what: "reservation" | "booking") =>
      what === "reservation"
        ? "Reservation does not belong to authenticated user"
        : "Access denied",
  },
  BOOKING_STATE_CONFLICT: { status: 409, text: given },
  REFUND_TOO_LARGE: {
    status: 409,
    text: ({ left, currency }: { left: number; currency: string }) =>
      `Cannot refund more than is left of the payment: current value is ${left} ${currency}`,
  },
  PAYMENT_NOT_FOUND: { status: 404, text: "Payment not found" },
  PAYMENT_DECLINED: { status: 402, text: (reason: string) => `Payment declined: ${reason}` },
  PAYMENT_IN_PROGRESS: { status: 503, text: "Payment is in progress. Please try again." },

  // Waitlist
  /** What somebody wants to wait for can be bought now. */
  SEATS_AVAILABLE: { status: 400, text: "Seats are available, please book directly" },
  WAITLIST_CLOSED: {
    status: 400,
    text: "Waitlist is closed as the event begins soon. Please book directly.",
  },
  NOT_ON_WAITLIST: { status: 404, text: "Not in waitlist for this event" },
  NO_OPEN_OFFER: { status: 404, text: "No open offer for this event" },
  WAITLIST_STATE_CONFLICT: { status: 409, text: given },
} as const satisfies Record<string, ErrorEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof ERRORS;

/** All codes, for the document of the API. */
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** Whether a text is a code of the catalogue; one from another service might be of a later version. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === "string" && Object.hasOwn(ERRORS, text);
}
