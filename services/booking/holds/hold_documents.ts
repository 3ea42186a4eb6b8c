import { Coalescer } from "@evently/shared/batch";
import type { RefundPolicy } from "@evently/event";
import type { Clock, Pause } from "@evently/shared/clock";
import { type GuardedRedis, setEachNewFor } from "@evently/shared/redis";
import type { Booking, OrderLine } from "../orders/booking.ts";

/** The part of an open hold that Redis stores: enough to answer a replay. */
export type HeldBooking = Pick<
  Booking,
  | "bookingId"
  | "eventId"
  | "quantity"
  | "reference"
  | "totalMinor"
  | "lines"
  | "currency"
  | "terms"
  | "status"
  | "expiresAt"
  | "endedAt"
>;

/** A {@link HeldBooking} as it is stored: an array, as names would be half of the document. */
type HoldDocument = [
  eventId: string,
  quantity: number,
  reference: string,
  totalMinor: number,
  currency: string,
  refundPolicy: RefundPolicy,
  /** Unix time, like `expiresAtMs`. */
  startsAtMs: number,
  expiresAtMs: number,
  /** Absent for a booking that stores none. */
  lines?: readonly OrderLine[],
];

/** Set once all open holds are in Redis; missing after Redis was wiped. */
const COMPLETE_KEY = "holds:complete";
/** Replaces the document of a hold that was ended before its time, or extended. */
const ENDED = "ended";
const MAX_BATCH = 512;
/**
 * How long documents gather before the next write. Redis wakes up and answers as slowly for one as for many, and nobody
 * waits: a replay within that time asks PostgreSQL.
 */
export const GATHER_MS = 25;
/** The most reads or writes that wait; above it PostgreSQL answers instead. */
const MAX_QUEUE = 10_000;

/**
 * The hold documents in Redis: replays read them instead of bookings_db. A document lives as long as its hold. It
 * is a cache: callers ask PostgreSQL for a hold that is not found.
 */
export class HoldDocuments {
  readonly #redis: Pick<GuardedRedis, "attempt">;
  readonly #clock: Clock;
  readonly #reads: Coalescer<string, HeldBooking | undefined>;
  readonly #writes: Coalescer<Booking, undefined>;

  constructor(
    { redis, clock, pause }: {
      redis: Pick<GuardedRedis, "attempt">;
      clock: Clock;
      pause: Pause;
    },
  ) {
    this.#redis = redis;
    this.#clock = clock;
    const limits = { maxBatch: MAX_BATCH, maxQueue: MAX_QUEUE };
    this.#reads = new Coalescer({
      name: "read hold documents",
      ...limits,
      run: (ids) => this.#readBatch(ids),
    });
    this.#writes = new Coalescer({
      name: "write hold documents",
      ...limits,
      rest: () => pause(GATHER_MS),
      run: (bookings) => this.#writeBatch(bookings),
    });
  }

  /** Finds the open hold of a booking; `undefined` if Redis does not have it. */
  find(bookingId: string): Promise<HeldBooking | undefined> {
    return this.#reads.submit(bookingId).catch(() => undefined);
  }

  /** Writes the document of a pending booking, unless there is one; best effort. */
  async put(booking: Booking): Promise<void> {
    await this.#writes.submit(booking).catch(() => {});
  }

  /**
   * Marks a hold that was ended before its time, or extended, so that replays ask PostgreSQL until `expiresAt`. A late
   * {@link put} does not undo the mark. Best effort.
   */
  async end({ bookingId, expiresAt }: Pick<Booking, "bookingId" | "expiresAt">): Promise<void> {
    const px = expiresAt.getTime() - this.#clock.now().getTime();
    if (px <= 0) return;
    await this.#redis.attempt(
      "end a hold document",
      (redis) => redis.set(holdKey(bookingId), ENDED, { px }),
    );
  }

  /** Whether all open holds are in Redis: false after a wipe, `undefined` if Redis does not answer. */
  async isComplete(): Promise<boolean | undefined> {
    const found = await this.#redis.attempt(
      "ask for the hold documents",
      (redis) => redis.exists(COMPLETE_KEY),
    );
    return found === undefined ? undefined : found === 1;
  }

  /** Notes that all open holds have been written. */
  async markComplete(): Promise<void> {
    await this.#redis.attempt(
      "mark the hold documents complete",
      (redis) => redis.set(COMPLETE_KEY, "1"),
    );
  }

  async #readBatch(bookingIds: string[]): Promise<(HeldBooking | undefined)[]> {
    const texts = await this.#redis.attempt(
      "read hold documents",
      (redis) => redis.mget<(string | null)[]>(bookingIds.map(holdKey)),
    );
    const nowMs = this.#clock.now().getTime();
    return bookingIds.map((bookingId, i) => {
      const text = texts?.[i];
      if (!text || text === ENDED) return undefined;
      const booking = fromDocument(bookingId, JSON.parse(text) as HoldDocument);
      return booking.expiresAt.getTime() > nowMs ? booking : undefined;
    });
  }

  async #writeBatch(bookings: Booking[]): Promise<undefined[]> {
    const nowMs = this.#clock.now().getTime();
    const entries = bookings.map((booking) => ({
      key: holdKey(booking.bookingId),
      value: JSON.stringify(toDocument(booking)),
      ttlMs: Math.max(1, booking.expiresAt.getTime() - nowMs),
    }));
    await this.#redis.attempt("write hold documents", (redis) => setEachNewFor(redis, entries));
    return bookings.map(() => undefined);
  }
}

function holdKey(bookingId: string): string {
  return `hold:${bookingId}`;
}

function toDocument(booking: Booking): HoldDocument {
  const { terms: { refundPolicy, startsAt }, lines } = booking;
  const document: HoldDocument = [
    booking.eventId,
    booking.quantity,
    booking.reference,
    booking.totalMinor,
    booking.currency,
    refundPolicy,
    startsAt.getTime(),
    booking.expiresAt.getTime(),
  ];
  if (lines) document.push(lines);
  return document;
}

function fromDocument(
  bookingId: string,
  [
    eventId,
    quantity,
    reference,
    totalMinor,
    currency,
    refundPolicy,
    startsAtMs,
    expiresAtMs,
    lines,
  ]: HoldDocument,
): HeldBooking {
  return {
    bookingId,
    eventId,
    quantity,
    reference,
    totalMinor,
    currency,
    lines,
    terms: { refundPolicy, startsAt: new Date(startsAtMs) },
    status: "pending",
    expiresAt: new Date(expiresAtMs),
    endedAt: undefined,
  };
}
