import { DEFAULT_TICKET_NAME } from "@evently/shared/ticket_name";
import type { Booking, OrderLine } from "./booking.ts";

/** The most lines of an order. */
export const MAX_LINES = 10;

/** What a request asks for: so many of a ticket type. */
export interface WantedLine {
  /** `undefined`: the event's default type. */
  ticketTypeId: string | undefined;
  quantity: number;
}

/** The part of a booking that its lines are read from. */
type Ordered = Pick<Booking, "eventId" | "quantity" | "totalMinor" | "lines">;

/** The lines of a booking; a booking that stores none has one of its event's default type. */
export function linesOf({ eventId, quantity, totalMinor, lines }: Ordered): readonly OrderLine[] {
  return lines ?? [{
    ticketTypeId: eventId,
    name: DEFAULT_TICKET_NAME,
    quantity,
    gives: 1,
    unitPriceMinor: totalMinor / quantity,
  }];
}

/** Whether a booking is what a request asks for, in any order of the lines. */
export function isOrderOf(booking: Ordered, wanted: readonly WantedLine[]): boolean {
  const { eventId, quantity, lines } = booking;
  const [first] = wanted;
  if (!lines) {
    return wanted.length === 1 && first?.quantity === quantity &&
      (first.ticketTypeId ?? eventId) === eventId;
  }
  return lines.length === wanted.length &&
    lines.every((line) => wanted.some((one) => isLineOf(line, { eventId, wanted: one })));
}

function isLineOf(
  line: OrderLine,
  { eventId, wanted }: { eventId: string; wanted: WantedLine },
): boolean {
  const isType = wanted.ticketTypeId === undefined
    ? line.isImplied || line.ticketTypeId === eventId
    : !line.isImplied && line.ticketTypeId === wanted.ticketTypeId;
  return isType && line.quantity === wanted.quantity;
}

/** The lines to store: none for one line of the default type under its default name. */
export function linesToStore(
  eventId: string,
  lines: readonly OrderLine[],
): readonly OrderLine[] | undefined {
  const [line] = lines;
  const isPlain = lines.length === 1 && line!.ticketTypeId === eventId && line!.gives === 1 &&
    line!.name === DEFAULT_TICKET_NAME;
  return isPlain ? undefined : lines;
}

/** Place of the digit that tells the lines of a booking apart: the version of its UUID, which is 5. */
const DIGIT_AT = 14;
const FIRST_DIGIT = 5;

/**
 * The allocation of a booking's n-th line, from 0. The first has the booking's id. The others differ from it in one
 * digit, so that a sold allocation tells its booking.
 */
export function lineIdOf(bookingId: string, n: number): string {
  return n === 0 ? bookingId : withDigit(bookingId, FIRST_DIGIT + n);
}

/** The booking whose line has this allocation. */
export function bookingIdOfLine(allocationId: string): string {
  return Number.parseInt(allocationId.charAt(DIGIT_AT), 16) <= FIRST_DIGIT
    ? allocationId
    : withDigit(allocationId, FIRST_DIGIT);
}

function withDigit(id: string, digit: number): string {
  return id.slice(0, DIGIT_AT) + digit.toString(16) + id.slice(DIGIT_AT + 1);
}

/** The allocations of a booking with so many lines. */
export function lineIdsOf(bookingId: string, lines: number): string[] {
  return Array.from({ length: lines }, (_, n) => lineIdOf(bookingId, n));
}

/** The seats of a booking, as `Seats` takes them. */
export function seatsOf(
  { eventId, bookingId, lines }: Pick<Booking, "eventId" | "bookingId" | "lines">,
): { eventId: string; bookingId: string; lines: number } {
  return { eventId, bookingId, lines: lines?.length ?? 1 };
}
