import { Coalescer, inParts, KeyedCoalescer } from "@evently/shared/batch";
import type { Clock, Pause } from "@evently/shared/clock";
import { isUnstorableText } from "@evently/shared/postgres";
import type { Booking, NewBooking } from "./booking.ts";
import type {
  BookingKey,
  BookingStore,
  BuyerOfEvent,
  Capture,
  Claim,
  Confirmation,
} from "./store.ts";

/** The statements that are run for many requests at once. */
type Grouped = "insertPending" | "findOpenHolds" | "startConfirming" | "completeConfirmations";

/**
 * The bookings, as verbs use them: the statements of {@link BookingStore}, some of them with group commit. Requests
 * that arrive while a batch is under way are sent together as the next batch.
 */
export interface Bookings extends Omit<BookingStore, Grouped> {
  /** Inserts a pending booking; one that exists is returned as it is. */
  insert(booking: NewBooking): Promise<Booking>;
  /**
   * Finds the booking of an earlier attempt with the same key. At most {@link LOOKUPS_PER_S} statements a second
   * answer all callers, so a stampede of refused requests costs PostgreSQL little.
   */
  findEarlier(key: BookingKey): Promise<Booking | undefined>;
  /** Finds the open holds that a buyer has for an event, latest first. */
  findOpenHolds(buyer: BuyerOfEvent): Promise<Booking[]>;
  /** pending -> confirming, with a payment that is about to be made. `undefined`: another request was first. */
  startConfirming(claim: Claim): Promise<Confirmation | undefined>;
  /** confirming -> confirmed. `false`: another request was first. */
  completeConfirmation(capture: Capture): Promise<boolean>;
}

/** The most items of one batch, and so of one statement. */
const MAX_BATCH = 128;
/** The most look-ups of one statement: refused requests come in thousands and read only an index. */
const MAX_LOOKUPS = 1_024;
/** The most items that wait for one kind of statement; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** The most statements a second of {@link Bookings.findEarlier}. */
const LOOKUPS_PER_S = 40;

/** {@link Bookings} over a store. */
export function groupedBookings(
  store: BookingStore,
  { clock, pause }: { clock: Clock; pause: Pause },
): Bookings {
  const limits = { maxBatch: MAX_BATCH, maxQueue: MAX_QUEUE };
  const inserts = new Coalescer<NewBooking, Booking>({
    name: "insert bookings",
    ...limits,
    run: (bookings) => store.insertPending(bookings),
  });
  const lookups = new Coalescer<BookingKey, Booking | undefined>({
    name: "find earlier bookings",
    maxBatch: MAX_LOOKUPS,
    maxQueue: MAX_QUEUE,
    rest: () => pause(1_000 / LOOKUPS_PER_S),
    run: async (keys) => {
      const found = await store.findMany(keys);
      const byId = new Map(found.map((booking) => [booking.bookingId, booking]));
      return keys.map(({ bookingId }) => byId.get(bookingId));
    },
  });
  const openHolds = new Coalescer<BuyerOfEvent, Booking[]>({
    name: "find open holds",
    ...limits,
    run: (buyers) => store.findOpenHolds(buyers, clock.now()),
  });
  const claims = new KeyedCoalescer<Claim, Confirmation | undefined>({
    name: "claim confirmations",
    ...limits,
    // A claim whose answer was lost would be refused on a retry. A token that cannot be stored changed nothing.
    isRepeatable: isUnstorableText,
    run: (bookings) => inParts(bookings, (items) => store.startConfirming(items)),
  });
  const captures = new KeyedCoalescer<Capture, boolean>({
    name: "record confirmations",
    ...limits,
    run: (bookings) => inParts(bookings, (items) => store.completeConfirmations(items)),
  });
  return {
    ...store,
    insert: (booking) => inserts.submit(booking),
    findEarlier: (key) => lookups.submit(key),
    findOpenHolds: (buyer) => openHolds.submit(buyer),
    startConfirming: (claim) => claims.submit(claim.bookingId, claim),
    completeConfirmation: (capture) => captures.submit(capture.bookingId, capture),
  };
}
