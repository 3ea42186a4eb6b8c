import type { Booking, PublicStatus } from "../orders/booking.ts";

/** Which bookings of an event to list. */
export interface BookingFilter {
  eventId: string;
  /** As their buyers see it at `now`. */
  status: PublicStatus | undefined;
  now: Date;
}

/** What a list looks for: a part of a reference, or certain buyers. */
export interface BookingSearch {
  reference: string;
  userIds: readonly string[];
}

/** An attempt to pay for a booking. */
export interface PaymentAttempt {
  paymentId: string;
  provider: string;
  method: string;
  transactionId: string | undefined;
  status: string;
  amountMinor: number;
  startedAt: Date;
  finishedAt: Date | undefined;
}

/** Times between which sales are counted, ascending: the first of each step, and the end of the last one. */
export type StepBounds = readonly Date[];

/** What was confirmed in a step, and the refunds promised in it, in minor units. */
export interface StepSales {
  /** From 0. */
  step: number;
  currency: string;
  bookings: number;
  tickets: number;
  grossMinor: number;
  refundedMinor: number;
}

/** What was confirmed in a step of a ticket type. */
export interface TypeSales {
  step: number;
  ticketTypeId: string;
  /** As it was called when it was sold last. */
  name: string;
  currency: string;
  tickets: number;
  grossMinor: number;
}

/** What would happen if an event were cancelled. */
export interface CancellationCounts {
  bookings: number;
  tickets: number;
  buyers: number;
  refunds: { currency: string; amountMinor: number }[];
}

/** People who wait for an event, and the tickets that they want. */
export interface WaitingCounts {
  eventId: string;
  entries: number;
  tickets: number;
}

/** What organisers see of bookings, found by event. */
export interface SalesReads {
  /** Newest first. */
  listEventBookings(
    input: BookingFilter & { search: BookingSearch | undefined; page: number; limit: number },
  ): Promise<{ bookings: Booking[]; total: number }>;
  /** Oldest first, from behind a booking. */
  exportBookings(
    input: BookingFilter & { after: string | undefined; limit: number },
  ): Promise<Booking[]>;
  /** Those who booked, the latest first. */
  listBuyers(input: { eventId: string; limit: number }): Promise<string[]>;
  findWithPayments(
    input: { eventId: string; bookingId: string },
  ): Promise<{ booking: Booking; payments: PaymentAttempt[] } | undefined>;
  /** Steps without sales are absent. */
  salesOverTime(input: { eventIds: readonly string[]; bounds: StepBounds }): Promise<StepSales[]>;
  salesByType(input: { eventId: string; bounds: StepBounds }): Promise<TypeSales[]>;
  countCancellation(input: { eventId: string; now: Date }): Promise<CancellationCounts>;
  /** Events for which nobody waits are absent. */
  countWaiting(input: { eventIds: readonly string[] }): Promise<WaitingCounts[]>;
}
