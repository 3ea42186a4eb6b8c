import {
  databaseSection,
  duration,
  type EnvReader,
  rate,
  wholeNumber,
} from "@evently/shared/config";
import { PAYMENT_WINDOW_MS } from "./holds/hold_limits.ts";

/** What the booking service is told by its environment. */
export interface BookingConfig {
  databaseUrl: string;
  holdTtlMs: number;
  /** How long after its reservation a hold ends at the latest, whatever extends it. */
  maxHoldMs: number;
  maxTicketsPerBooking: number;
  /** Reserve attempts a minute and user; 0 is no limit. */
  attemptsPerMinute: number;
  cleanupIntervalMs: number;
  /** Work that its process has left for this long is taken over: a confirmation, an outbox message. */
  takeoverAfterMs: number;
  mockPayment: { successRate: number; processingTimeMs: number };
}

const DEFAULT_HOLD_TTL_MS = 5 * 60_000;
const DEFAULT_CLEANUP_INTERVAL_MS = 2_000;
/** How long a confirmation or an outbox message is its process's own. */
export const DEFAULT_TAKEOVER_AFTER_MS = 30_000;
/** The longest duration that a variable may have. */
const MAX_TIMER_MS = 2_147_483_647;
const DEFAULT_MAX_TICKETS = 10;
const DEFAULT_ATTEMPTS_PER_MINUTE = 10;

/** A hold can be extended by its own length, and the payment has its window after that. */
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
    cleanupIntervalMs: env.read(
      "BOOKING_CLEANUP_INTERVAL",
      duration(DEFAULT_CLEANUP_INTERVAL_MS, { minMs: 100 }),
    ),
    takeoverAfterMs: env.read(
      "BOOKING_TAKEOVER_AFTER",
      duration(DEFAULT_TAKEOVER_AFTER_MS, { minMs: 1_000 }),
    ),
    mockPayment: {
      successRate: env.read("MOCK_PAYMENT_SUCCESS_RATE", rate(1)),
      processingTimeMs: env.read("MOCK_PAYMENT_PROCESSING_TIME", duration(0, { minMs: 0 })),
    },
  };
}
