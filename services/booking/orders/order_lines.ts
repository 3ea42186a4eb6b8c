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
const LINE_AT = 14;
const FIRST_LINE = 5;

/**
 * Place of the digit that tells the holds of a booking apart: the variant of its UUID, which is 8, 9, a or b. Each
 * further hold adds 4 to it, modulo 16.
 */
const HOLD_AT = 19;
const VARIANT = 8;
const VARIANTS = 4;
const DIGITS = 16;

/** The most holds of a booking: its first one, and those that late money makes. */
export const MAX_HOLDS = DIGITS / VARIANTS;

/** Which hold of a booking has its seats; `undefined` is its first one, 0. */
export type HoldNumber = number | undefined;

/**
 * The allocation of a booking's n-th line, from 0. That of the first line in the first hold has the booking's id. The
 * others differ from it in one digit for the line and one for the hold, so that a sold allocation tells its booking, and
 * nothing that is said about an ended hold reaches the seats of a later one.
 */
export function lineIdOf(bookingId: string, n: number, hold: HoldNumber = 0): string {
  const held = hold === 0
    ? bookingId
    : withDigit(bookingId, HOLD_AT, (digitAt(bookingId, HOLD_AT) + hold * VARIANTS) % DIGITS);
  return n === 0 ? held : withDigit(held, LINE_AT, FIRST_LINE + n);
}

/** The booking whose line has this allocation. */
export function bookingIdOfLine(allocationId: string): string {
  const first = digitAt(allocationId, LINE_AT) <= FIRST_LINE
    ? allocationId
    : withDigit(allocationId, LINE_AT, FIRST_LINE);
  return withDigit(first, HOLD_AT, VARIANT + digitAt(first, HOLD_AT) % VARIANTS);
}

function digitAt(id: string, place: number): number {
  return Number.parseInt(id.charAt(place), DIGITS);
}

function withDigit(id: string, place: number, digit: number): string {
  return id.slice(0, place) + digit.toString(DIGITS) + id.slice(place + 1);
}

/** The lines of a booking that have seats. */
export interface LinesOfBooking {
  bookingId: string;
  /** 1 by default. */
  lines?: number | undefined;
  hold?: HoldNumber;
}

/** The allocations of a booking's lines, in their order. */
export function lineIdsOf({ bookingId, lines = 1, hold }: LinesOfBooking): string[] {
  return Array.from({ length: lines }, (_, n) => lineIdOf(bookingId, n, hold));
}

/** The hold that has a booking's seats, from 0. All its lines are held together. */
export function holdOf({ lines }: Pick<Booking, "lines">): number {
  return lines?.[0]?.hold ?? 0;
}

/** The seats of a booking, as `Seats` takes them. */
export function seatsOf(
  { eventId, bookingId, lines }: Pick<Booking, "eventId" | "bookingId" | "lines">,
): LinesOfBooking & { eventId: string; lines: number } {
  return { eventId, bookingId, lines: lines?.length ?? 1, hold: lines?.[0]?.hold };
}
