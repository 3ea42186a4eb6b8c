import type { Contender } from "./contenders.ts";

/** State of the booking before the contenders begin. */
export type Given =
  | "nothing"
  /** Seats are held but the booking was never written, because its process died. */
  | "seats alone"
  | "pending"
  | "paid";

/** Two contenders and all legal outcomes, each `answer, answer: booking, money, free seats at the end`. */
export interface Pair {
  pair: readonly [Contender, Contender];
  given: Given;
  /** Free seats besides the two of the booking. */
  free: 0 | 2;
  /** Capacity that the organiser sets; a second contender sets one seat more. */
  capacity: number;
  legal: readonly string[];
}

const BUSY = "BOOKING_STATE_CONFLICT";
const UNDER_WAY = "PAYMENT_IN_PROGRESS";
const ENDED = "RESERVATION_EXPIRED";
const FULL = "NOT_ENOUGH_SEATS";
const OFF_SALE = "EVENT_UNKNOWN";
const TOO_SMALL = "CAPACITY_BELOW_SOLD";
const BLOCKED = "RESERVATIONS_BLOCKED";
const FINAL = "EVENT_STATE_CONFLICT";

function pair(
  one: Contender,
  other: Contender,
  given: Given,
  legal: readonly string[],
  { free = 0, capacity = 1 }: Partial<Pick<Pair, "free" | "capacity">> = {},
): Pair {
  return { pair: [one, other], given, free, capacity, legal };
}

/** All pairs, including each contender with itself. Cancelled events start in an hour, when buyers get no refund. */
export const PAIRS: readonly Pair[] = [
  pair("reserve", "reserve", "pending", [
    `ok, ${FULL}: pending, unpaid, 0 free`,
    `${FULL}, ok: pending, unpaid, 0 free`,
  ], { free: 2 }),
  pair("reserve", "reserve again", "nothing", [
    `ok, ${FULL}: nothing, unpaid, 0 free`,
    `${FULL}, ok: pending, unpaid, 0 free`,
  ]),
  pair("reserve", "confirm", "pending", [`${FULL}, ok: confirmed, paid, 0 free`]),
  pair("reserve", "cancel", "pending", [
    "ok, ok: cancelled, unpaid, 0 free",
    `${FULL}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("reserve", "cancel", "paid", [
    "ok, ok: cancelled, refunded, 0 free",
    `${FULL}, ok: cancelled, refunded, 2 free`,
  ]),
  pair("reserve", "expire", "pending", [
    "ok, ok: expired, unpaid, 0 free",
    `${FULL}, ok: expired, unpaid, 2 free`,
  ]),
  pair("reserve", "sweep", "pending", [
    "ok, ok: expired, unpaid, 0 free",
    `${FULL}, ok: expired, unpaid, 2 free`,
  ]),
  // The reservation may be written after the event's bookings were cancelled; it can never be paid.
  pair("reserve", "event cancelled", "pending", [
    "ok, ok: cancelled, unpaid, 4 free",
    "ok, ok: cancelled, unpaid, 2 free",
    `${OFF_SALE}, ok: cancelled, unpaid, 4 free`,
  ], { free: 2 }),
  pair("reserve", "capacity changed", "pending", [
    `ok, ${TOO_SMALL}: pending, unpaid, 0 free`,
    `${FULL}, ok: pending, unpaid, 0 free`,
  ], { free: 2, capacity: 2 }),

  pair("reserve again", "reserve again", "nothing", ["ok, ok: pending, unpaid, 0 free"]),
  pair("reserve again", "reserve again", "seats alone", ["ok, ok: pending, unpaid, 0 free"]),
  pair("reserve again", "confirm", "pending", ["ok, ok: confirmed, paid, 0 free"]),
  pair("reserve again", "cancel", "pending", ["ok, ok: cancelled, unpaid, 2 free"]),
  pair("reserve again", "expire", "pending", ["ok, ok: expired, unpaid, 2 free"]),
  pair("reserve again", "sweep", "pending", ["ok, ok: expired, unpaid, 2 free"]),
  // Third outcome: the hold ended between its check and the insert; the next expiry ends the booking.
  pair("reserve again", "sweep", "seats alone", [
    "ok, ok: pending, unpaid, 0 free",
    "ok, ok: expired, unpaid, 2 free",
    "ok, ok: pending, unpaid, 2 free",
  ]),
  pair("reserve again", "event cancelled", "pending", ["ok, ok: cancelled, unpaid, 2 free"]),
  pair("reserve again", "capacity changed", "pending", [
    `ok, ${TOO_SMALL}: pending, unpaid, 0 free`,
  ]),

  pair("confirm", "confirm", "pending", [
    "ok, ok: confirmed, paid, 0 free",
    `ok, ${UNDER_WAY}: confirmed, paid, 0 free`,
    `${UNDER_WAY}, ok: confirmed, paid, 0 free`,
  ]),
  pair("confirm", "cancel", "pending", [
    "ok, ok: cancelled, refunded, 2 free",
    `ok, ${BUSY}: confirmed, paid, 0 free`,
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("confirm", "expire", "pending", [
    `ok, ${BUSY}: confirmed, paid, 0 free`,
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("confirm", "sweep", "pending", [
    "ok, ok: confirmed, paid, 0 free",
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("confirm", "event cancelled", "pending", [
    "ok, ok: cancelled, refunded, 2 free",
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("confirm", "capacity changed", "pending", [`ok, ${TOO_SMALL}: confirmed, paid, 0 free`]),

  pair("cancel", "cancel", "pending", [
    `ok, ${BUSY}: cancelled, unpaid, 2 free`,
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("cancel", "cancel", "paid", [
    `ok, ${BUSY}: cancelled, refunded, 2 free`,
    `${BUSY}, ok: cancelled, refunded, 2 free`,
  ]),
  pair("cancel", "expire", "pending", [
    `ok, ${BUSY}: cancelled, unpaid, 2 free`,
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("cancel", "expire", "paid", [`ok, ${BUSY}: cancelled, refunded, 2 free`]),
  pair("cancel", "sweep", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("cancel", "sweep", "paid", ["ok, ok: cancelled, refunded, 2 free"]),
  pair("cancel", "event cancelled", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
  ]),
  // A buyer who cancels first gives up the refund. Once the event is cancelled every buyer gets a full refund, even one
  // who cancels before the cancellation reaches the booking.
  pair("cancel", "event cancelled", "paid", [
    "ok, ok: cancelled, paid, 2 free",
    "ok, ok: cancelled, refunded, 2 free",
    `${BUSY}, ok: cancelled, refunded, 2 free`,
  ]),
  pair("cancel", "capacity changed", "pending", [
    "ok, ok: cancelled, unpaid, 1 free",
    `ok, ${TOO_SMALL}: cancelled, unpaid, 2 free`,
  ]),

  pair("expire", "expire", "pending", [
    `ok, ${BUSY}: expired, unpaid, 2 free`,
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("expire", "sweep", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("expire", "event cancelled", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("expire", "capacity changed", "pending", [
    "ok, ok: expired, unpaid, 1 free",
    `ok, ${TOO_SMALL}: expired, unpaid, 2 free`,
  ]),

  pair("reserve", "extend", "pending", [`${FULL}, ok: pending, unpaid, 0 free`]),
  pair("reserve again", "extend", "pending", ["ok, ok: pending, unpaid, 0 free"]),
  pair("confirm", "extend", "pending", [
    "ok, ok: confirmed, paid, 0 free",
    `ok, ${BUSY}: confirmed, paid, 0 free`,
  ]),
  pair("cancel", "extend", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    `ok, ${BUSY}: cancelled, unpaid, 2 free`,
  ]),
  pair("cancel", "extend", "paid", [`ok, ${BUSY}: cancelled, refunded, 2 free`]),
  pair("expire", "extend", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    `ok, ${ENDED}: expired, unpaid, 2 free`,
  ]),
  pair("extend", "extend", "pending", [
    `ok, ${BUSY}: pending, unpaid, 0 free`,
    `${BUSY}, ok: pending, unpaid, 0 free`,
  ]),
  // The sweep checks the hold's original end, so a hold that was extended first survives.
  pair("extend", "sweep", "pending", [
    "ok, ok: pending, unpaid, 0 free",
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("extend", "event cancelled", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    `${BUSY}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("extend", "capacity changed", "pending", [`ok, ${TOO_SMALL}: pending, unpaid, 0 free`]),

  pair("sweep", "sweep", "pending", ["ok, ok: expired, unpaid, 2 free"]),
  pair("sweep", "sweep", "paid", ["ok, ok: confirmed, paid, 0 free"]),
  pair("sweep", "event cancelled", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    "ok, ok: cancelled, unpaid, 2 free",
  ]),
  pair("sweep", "event cancelled", "paid", ["ok, ok: cancelled, refunded, 2 free"]),
  pair("sweep", "capacity changed", "pending", [
    "ok, ok: expired, unpaid, 1 free",
    `ok, ${TOO_SMALL}: expired, unpaid, 2 free`,
  ]),

  pair("reserve", "block", "pending", [
    "ok, ok: expired, unpaid, 0 free",
    `${FULL}, ok: expired, unpaid, 2 free`,
  ]),
  pair("reserve again", "block", "pending", ["ok, ok: expired, unpaid, 2 free"]),
  // Third outcome: the hold was made before its process knew of the block; the next pass of a worker ends it.
  pair("reserve again", "block", "nothing", [
    "ok, ok: expired, unpaid, 2 free",
    `${BLOCKED}, ok: nothing, unpaid, 2 free`,
    "ok, ok: pending, unpaid, 0 free",
  ]),
  pair("confirm", "block", "pending", [
    "ok, ok: confirmed, paid, 0 free",
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("cancel", "block", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("cancel", "block", "paid", ["ok, ok: cancelled, refunded, 2 free"]),
  pair("expire", "block", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    `${BUSY}, ok: expired, unpaid, 2 free`,
  ]),
  pair("extend", "block", "pending", [
    "ok, ok: expired, unpaid, 2 free",
    `${ENDED}, ok: expired, unpaid, 2 free`,
  ]),
  pair("sweep", "block", "pending", ["ok, ok: expired, unpaid, 2 free"]),
  pair("sweep", "block", "paid", ["ok, ok: confirmed, paid, 0 free"]),
  pair("event cancelled", "block", "pending", [
    "ok, ok: cancelled, unpaid, 2 free",
    "ok, ok: expired, unpaid, 2 free",
  ]),
  pair("event cancelled", "block", "paid", ["ok, ok: cancelled, refunded, 2 free"]),
  pair("capacity changed", "block", "pending", [
    "ok, ok: expired, unpaid, 1 free",
    `${TOO_SMALL}, ok: expired, unpaid, 2 free`,
  ]),
  pair("block", "block", "pending", ["ok, ok: expired, unpaid, 2 free"]),

  pair("event cancelled", "event cancelled", "pending", [
    `ok, ${FINAL}: cancelled, unpaid, 2 free`,
    `${FINAL}, ok: cancelled, unpaid, 2 free`,
  ]),
  pair("event cancelled", "event cancelled", "paid", [
    `ok, ${FINAL}: cancelled, refunded, 2 free`,
    `${FINAL}, ok: cancelled, refunded, 2 free`,
  ]),
  pair("event cancelled", "capacity changed", "paid", [
    "ok, ok: cancelled, refunded, 2 free",
    `ok, ${FINAL}: cancelled, refunded, 4 free`,
  ], { free: 2, capacity: 2 }),

  pair("capacity changed", "capacity changed", "pending", [
    "ok, ok: pending, unpaid, 0 free",
    "ok, ok: pending, unpaid, 1 free",
  ], { free: 2, capacity: 2 }),
];
