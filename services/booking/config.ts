import {
  databaseSection,
  duration,
  type EnvReader,
  maxStreams,
  rate,
  retention,
  type StripeConfig,
  stripeSection,
  wholeNumber,
} from "@evently/shared/config";
import type { Retention } from "@evently/shared/retention";
import { PAYMENT_WINDOW_MS } from "./holds/hold_limits.ts";

/** Configuration of the booking service. */
export interface BookingConfig {
  databaseUrl: string;
  holdTtlMs: number;
  /** The longest time from a reservation to the end of its hold, with extensions. */
  maxHoldMs: number;
  maxTicketsPerBooking: number;
  /** Reserve attempts per minute and user; 0 means no limit. */
  attemptsPerMinute: number;
  /** How long an offer of the waitlist can be confirmed. */
  offerMs: number;
  /** How often the waitlist is served when nothing wakes its worker. */
  waitlistIntervalMs: number;
  cleanupIntervalMs: number;
  /** Abandoned work (a confirmation, an outbox message) is taken over after this time. */
  takeoverAfterMs: number;
  /** The most open streams of users in this process. */
  maxStreams: number;
  mockPayment: { successRate: number; processingTimeMs: number };
  /** How long what was not sold is kept; by default as {@link DEFAULT_BOOKING_RETENTION}. */
  retention?: BookingRetention;
  /** With it payments are taken by Stripe, else by the mock provider. */
  stripe?: StripeConfig | undefined;
}

/** How long the service keeps what has ended and was not sold; `undefined`: for ever. */
export interface BookingRetention {
  /** Of bookings that were never paid, after their end and the start of their event. */
  unpaidMs: Retention;
  /** Of entries of waitlists that have ended, after they joined. */
  waitlistMs: Retention;
}

const DAY_MS = 24 * 3_600_000;
export const DEFAULT_BOOKING_RETENTION: BookingRetention = {
  unpaidMs: 365 * DAY_MS,
  waitlistMs: 365 * DAY_MS,
};
/** Longer than any request is repeated, any message retried and any contradiction looked for. */
const MIN_RETENTION_MS = 30 * DAY_MS;

/** How long seats are held for a reservation. */
export const DEFAULT_HOLD_TTL_MS = 5 * 60_000;
const DEFAULT_OFFER_MS = 10 * 60_000;
const DEFAULT_WAITLIST_INTERVAL_MS = 500;
const DEFAULT_CLEANUP_INTERVAL_MS = 2_000;
/** How long a process owns a confirmation or an outbox message. */
export const DEFAULT_TAKEOVER_AFTER_MS = 30_000;
/** The longest duration of a variable. */
const MAX_TIMER_MS = 2_147_483_647;
/** The most tickets of one booking. */
export const DEFAULT_MAX_TICKETS = 10;
const DEFAULT_ATTEMPTS_PER_MINUTE = 10;

/** Allows one extension by the hold's own length, and a payment window after that. */
export function defaultMaxHoldMs(holdTtlMs: number): number {
  return Math.min(2 * holdTtlMs + PAYMENT_WINDOW_MS, MAX_TIMER_MS);
}

export function bookingSection(env: EnvReader): BookingConfig {
  const holdTtlMs = env.read("BOOKING_RESERVATION_EXPIRY", duration(DEFAULT_HOLD_TTL_MS));
  return {
    databaseUrl: databaseSection("bookings_db")(env),
    holdTtlMs,
    maxHoldMs: env.read(
      "BOOKING_MAX_HOLD",
      duration(defaultMaxHoldMs(holdTtlMs), { minMs: holdTtlMs + PAYMENT_WINDOW_MS }),
    ),
    maxTicketsPerBooking: env.read(
      "BOOKING_MAX_TICKETS_PER_USER",
      wholeNumber(DEFAULT_MAX_TICKETS, { min: 1, max: 1_000 }),
    ),
    attemptsPerMinute: env.read(
      "BOOKING_RATE_LIMIT_PER_MINUTE",
      wholeNumber(DEFAULT_ATTEMPTS_PER_MINUTE, { max: 1_000_000 }),
    ),
    offerMs: env.read(
      "BOOKING_WAITLIST_OFFER_DURATION",
      duration(DEFAULT_OFFER_MS, { minMs: PAYMENT_WINDOW_MS }),
    ),
    waitlistIntervalMs: env.read(
      "BOOKING_WAITLIST_PROCESSING_INTERVAL",
      duration(DEFAULT_WAITLIST_INTERVAL_MS, { minMs: 50 }),
    ),
    cleanupIntervalMs: env.read(
      "BOOKING_CLEANUP_INTERVAL",
      duration(DEFAULT_CLEANUP_INTERVAL_MS, { minMs: 100 }),
    ),
    takeoverAfterMs: env.read(
      "BOOKING_TAKEOVER_AFTER",
      duration(DEFAULT_TAKEOVER_AFTER_MS, { minMs: 1_000 }),
    ),
    maxStreams: env.read("BOOKING_MAX_STREAMS", maxStreams),
    retention: {
      unpaidMs: env.read(
        "BOOKING_UNPAID_RETENTION",
        retention(DEFAULT_BOOKING_RETENTION.unpaidMs, { minMs: MIN_RETENTION_MS }),
      ),
      waitlistMs: env.read(
        "BOOKING_WAITLIST_RETENTION",
        retention(DEFAULT_BOOKING_RETENTION.waitlistMs, { minMs: MIN_RETENTION_MS }),
      ),
    },
    mockPayment: {
      successRate: env.read("MOCK_PAYMENT_SUCCESS_RATE", rate(1)),
      processingTimeMs: env.read("MOCK_PAYMENT_PROCESSING_TIME", duration(0, { minMs: 0 })),
    },
    stripe: stripeSection(env),
  };
}
