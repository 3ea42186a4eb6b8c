import { DomainError } from "@evently/shared/errors";
import type { Meeting } from "./meeting.ts";
import { type Process, runWorker, type World } from "../../../services/booking/testing/world.ts";
import { cancelBooking } from "../../../services/booking/orders/cancel_booking.ts";
import { confirmBooking } from "../../../services/booking/orders/confirm_booking.ts";
import { createBookingOutbox } from "../../../services/booking/outbox/outbox.ts";
import { expireBooking } from "../../../services/booking/orders/expire_booking.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import type { WantedLine } from "../../../services/booking/orders/order_lines.ts";
import { blockBuyer } from "../../../services/booking/unpaid_holds/block_buyer.ts";
import { extendBooking } from "../../../services/booking/orders/extend_booking.ts";

/** Operations on a booking or its event that can run concurrently. */
export const CONTENDERS = [
  /** Another buyer requests two seats. */
  "reserve",
  /** The booking's own request is repeated with the same key. */
  "reserve again",
  "confirm",
  "cancel",
  "expire",
  /** The buyer requests more time. */
  "extend",
  /** The hold ends and every worker runs. */
  "sweep",
  "event cancelled",
  "capacity changed",
  /** The organiser blocks the buyer. */
  "block",
] as const;
export type Contender = typeof CONTENDERS[number];

/** The booking and the event that contenders meet on. */
export interface Arena {
  world: World;
  meeting: Meeting;
  eventId: string;
  /** Owner of the booking, and the key of its request. */
  userId: string;
  key: string;
  bookingId: string;
  /** What each reservation asks for: two tickets, of one type or of two. */
  lines: readonly WantedLine[];
  /** Capacity that the organiser sets; a second contender sets one seat more. */
  capacity: number;
  /** Time to which a sweep advances the clock. */
  end: Date;
}

const BLOCK_MS = 3_600_000;
/** Seats per booking. */
export const QUANTITY = 2;

/** Runs the contender in a process, then delivers the messages that free its seats. */
export async function contend(
  contender: Contender,
  process: Process,
  { world, meeting, eventId, userId, key, bookingId, lines, capacity, end }: Arena,
): Promise<void> {
  const { deps, reserve, organiser, eventService } = process;
  switch (contender) {
    case "reserve":
      await reserve({ eventId, lines });
      break;
    case "reserve again":
      await reserve({ eventId, lines, userId, key });
      break;
    case "confirm":
      await confirmBooking(deps, { bookingId, userId, method: "card", token: "tok_visa" });
      break;
    case "cancel":
      await cancelBooking(deps, { bookingId, userId });
      await createBookingOutbox(deps).deliverAll();
      break;
    case "expire":
      await expireBooking(deps, { bookingId, userId });
      await createBookingOutbox(deps).deliverAll();
      break;
    case "extend":
      await extendBooking(deps, { bookingId, userId });
      break;
    case "sweep":
      await meeting.pass(() => endHolds(world, end));
      await expireDue(deps);
      await createBookingOutbox(deps).deliverAll();
      await meeting.pass(() => runWorker(eventService, "release expired seats"));
      break;
    case "event cancelled":
      await meeting.pass(() => organiser.cancelEvent(eventId));
      await runWorker(eventService, "outbox bookings.cancel");
      await createBookingOutbox(deps).deliverAll();
      break;
    case "capacity changed":
      await meeting.pass(() => organiser.resize(eventId, capacity));
      break;
    case "block":
      await blockBuyer(deps, { eventId, userId, forMs: BLOCK_MS });
      break;
  }
}

function endHolds({ clock }: World, end: Date): Promise<void> {
  if (clock.now() < end) clock.set(end);
  return Promise.resolve();
}

/** Returns `ok` or the code of the refusal; rethrows any other error. */
export function answerOf(outcome: PromiseSettledResult<void>): string {
  if (outcome.status === "fulfilled") return "ok";
  const { reason } = outcome;
  if (reason instanceof DomainError && reason.code !== "UNAVAILABLE") return reason.code;
  throw reason;
}
