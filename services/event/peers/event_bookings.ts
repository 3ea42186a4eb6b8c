import type { operations, paths } from "@evently/shared/client/booking";
import type { RowPage } from "@evently/shared/http";
import {
  type AnswerOf,
  type ServiceBinding,
  serviceClient,
  unwrap,
} from "@evently/shared/services";
import { withoutUndefined } from "../events/values.ts";

/** The bookings of events, in the booking service. */
export interface EventBookings {
  /** Cancels a bounded number of bookings of an event, with refunds; returns how many remain. Idempotent. */
  cancelAll(eventId: string): Promise<{ remaining: number }>;
  /**
   * Has a bounded number of mails written to buyers of an event that moved; returns whether all are. Idempotent by
   * `changeId`.
   */
  tellMoved(moved: MovedEvent): Promise<{ isDone: boolean }>;
  /** The money paid for an event, one entry per currency. */
  takings(eventId: string): Promise<Takings[]>;
  /** Refunds a part of a booking of an event. Idempotent by key. */
  refund(eventId: string, refund: WantedRefund): Promise<RefundedBooking>;
  /** Counts the bookings of an event and their refunds. */
  countRefunds(eventId: string): Promise<EventRefunds>;
  /** A page of those who wait for an event, by place in line. */
  waitlist(eventId: string, page: { page: number; limit: number }): Promise<EventWaitlist>;
  /** Pauses or resumes the offers of an event. Idempotent. */
  pauseWaitlist(eventId: string, options: { isPaused: boolean }): Promise<WaitlistPause>;
  /** A page of an event's bookings, newest first. */
  list(
    eventId: string,
    wanted: BookingSearch & { page: number; limit: number },
  ): Promise<{ bookings: ManagedBooking[]; total: number }>;
  /** The next bookings of a file, oldest first; the last page has no `next`. */
  readForExport(
    eventId: string,
    wanted: BookingSearch & { after: string | undefined },
  ): Promise<RowPage<ManagedBooking>>;
  /** A booking of an event with its payments and refunds. */
  view(eventId: string, bookingId: string): Promise<ManagedBookingDetail>;
  /** Counts sales between times, of one event by its types, too. Steps without sales are absent. */
  countSales(wanted: {
    eventIds: readonly string[];
    bounds: readonly Date[];
    isByType: boolean;
  }): Promise<CountedSales>;
  /** Counts what a cancellation of an event would cancel and refund now. */
  previewCancellation(eventId: string): Promise<CancellationPreview>;
  /** Counts who waits for events; those for which nobody waits are absent. */
  countWaiting(eventIds: readonly string[]): Promise<WaitingCounts[]>;
  /** Counts the unpaid reservations of an event, and lists who may not make any. */
  holds(eventId: string): Promise<EventHolds>;
  /** Refuses reservations of an event by a user for a time, and ends those that nobody is paying. Idempotent. */
  blockBuyer(eventId: string, wanted: { userId: string; hours: number }): Promise<MadeBlock>;
  /** Lets a user reserve again. Idempotent. */
  unblockBuyer(eventId: string, userId: string): Promise<Unblocked>;
}

/** Which bookings of an event to find. */
export interface BookingSearch {
  /** A part of a reference, or of a buyer's name or e-mail. */
  text: string | undefined;
  status: "pending" | "confirmed" | "cancelled" | "expired" | undefined;
}

/** A booking as the booking service sends it: organisers get it as it is. */
export type ManagedBooking = AnswerOf<operations["listEventBookingsInternal"]>["bookings"][number];

/** A booking with its payments and refunds, as the booking service sends it. */
export type ManagedBookingDetail = AnswerOf<operations["getEventBookingInternal"]>;

/** Sales between two bounds, by their number from 0, in minor units. */
export interface CountedSales {
  steps: {
    step: number;
    currency: string;
    bookings: number;
    tickets: number;
    grossMinor: number;
    refundedMinor: number;
  }[];
  types: {
    step: number;
    ticketTypeId: string;
    name: string;
    currency: string;
    tickets: number;
    grossMinor: number;
  }[];
}

/** What a cancellation would do. */
export interface CancellationPreview {
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

/** A part of a payment to give back. */
export interface WantedRefund {
  bookingId: string;
  /** In major units of the booking's currency. */
  amount: number;
  /** For the buyer. */
  reason?: string | undefined;
  idempotencyKey: string;
}

/** A refund on the wire, as organisers get it. */
export type RefundedBooking =
  & Omit<AnswerOf<operations["refundBookingInternal"]>, "reason" | "note">
  & { reason?: string };

/** The bookings of an event that are left and cancelled, and their refunds in minor units. */
export interface EventRefunds {
  /** Not cancelled, nor expired. */
  active: number;
  cancelled: number;
  refunds: number;
  /** Those of `refunds` that are made. */
  refunded: number;
  /** Refunds that failed so far and are tried again. */
  failing: number;
  refundMinor: number;
  refundedMinor: number;
  /** When the last booking was cancelled or the last refund made. */
  lastAt: Date | undefined;
}

/** An event that takes place at another time or place, and how it was before. */
export interface MovedEvent {
  changeId: string;
  eventId: string;
  before: MovedFrom;
}

/** As the booking service takes it. */
export interface MovedFrom {
  start_before: string;
  start_after: string;
  timezone_before: string;
  venue_before: string;
  address_before: string;
}

/** A page of a waitlist as the booking service sends it: organisers get it as it is. */
export type EventWaitlist = AnswerOf<operations["listWaitlist"]>;

/** Whether offers are paused, as the booking service sends it. */
export type WaitlistPause = AnswerOf<operations["pauseWaitlist"]>;

/** The unpaid reservations of an event, as the booking service sends them. */
export type EventHolds = AnswerOf<operations["getUnpaidHolds"]>;

/** A block that was made, as the booking service sends it: organisers get it as it is. */
export type MadeBlock = AnswerOf<operations["blockBuyer"]>;

/** Whether a user was blocked until now, as the booking service sends it. */
export type Unblocked = AnswerOf<operations["unblockBuyer"]>;

/** Money paid by buyers, and the part that is refunded, in minor units. */
export interface Takings {
  currency: string;
  grossMinor: number;
  refundedMinor: number;
}

/** The bookings over the booking service's internal routes. */
export function eventBookingsOver(
  binding: ServiceBinding,
  internalKey: string,
): EventBookings {
  const client = serviceClient<paths>(binding, { internalKey });
  return {
    cancelAll: (id) =>
      unwrap(client.POST("/internal/events/{id}/cancel-bookings", { params: { path: { id } } })),
    async tellMoved({ changeId, eventId: id, before }) {
      const body = { change_id: changeId, ...before };
      const { is_done } = await unwrap(
        client.POST("/internal/events/{id}/moved", { params: { path: { id } }, body }),
      );
      return { isDone: is_done };
    },
    async takings(id) {
      const { takings } = await unwrap(
        client.GET("/internal/events/{id}/takings", { params: { path: { id } } }),
      );
      return takings.map(({ currency, gross_minor, refunded_minor }) => ({
        currency,
        grossMinor: gross_minor,
        refundedMinor: refunded_minor,
      }));
    },
    async refund(id, { bookingId, amount, reason, idempotencyKey }) {
      const { reason: _, note, ...refund } = await unwrap(
        client.POST("/internal/events/{id}/bookings/{booking_id}/refunds", {
          params: { path: { id, booking_id: bookingId } },
          body: {
            amount,
            idempotency_key: idempotencyKey,
            ...(reason === undefined ? {} : { note: reason }),
          },
        }),
      );
      return { ...refund, ...(note === undefined ? {} : { reason: note }) };
    },
    async countRefunds(id) {
      const { refund_minor, refunded_minor, last_at, ...counts } = await unwrap(
        client.GET("/internal/events/{id}/refunds", { params: { path: { id } } }),
      );
      return {
        ...counts,
        refundMinor: refund_minor,
        refundedMinor: refunded_minor,
        lastAt: last_at === undefined ? undefined : new Date(last_at),
      };
    },
    waitlist: (id, query) =>
      unwrap(
        client.GET("/internal/events/{id}/waitlist", { params: { path: { id }, query } }),
      ),
    pauseWaitlist(id, { isPaused }) {
      const params = { params: { path: { id } } };
      return unwrap(
        isPaused
          ? client.POST("/internal/events/{id}/waitlist/pause", params)
          : client.POST("/internal/events/{id}/waitlist/resume", params),
      );
    },
    list(id, { text, ...query }) {
      const params = { path: { id }, query: withoutUndefined({ q: text, ...query }) };
      return unwrap(client.GET("/internal/events/{id}/bookings", { params }));
    },
    async readForExport(id, { text, ...query }) {
      const params = { path: { id }, query: withoutUndefined({ q: text, ...query }) };
      const { bookings: rows, next } = await unwrap(
        client.GET("/internal/events/{id}/bookings/export", { params }),
      );
      return { rows, next };
    },
    view(id, bookingId) {
      const params = { path: { id, booking_id: bookingId } };
      return unwrap(client.GET("/internal/events/{id}/bookings/{booking_id}", { params }));
    },
    async countSales({ eventIds, bounds, isByType }) {
      const { steps, types } = await unwrap(client.POST("/internal/sales", {
        body: {
          event_ids: [...eventIds],
          bounds: bounds.map((time) => time.toISOString()),
          by_type: isByType,
        },
      }));
      return {
        steps: steps.map(({ gross_minor, refunded_minor, ...sums }) => ({
          ...sums,
          grossMinor: gross_minor,
          refundedMinor: refunded_minor,
        })),
        types: types.map(({ ticket_type_id, gross_minor, ...sums }) => ({
          ...sums,
          ticketTypeId: ticket_type_id,
          grossMinor: gross_minor,
        })),
      };
    },
    async previewCancellation(id) {
      const { refunds, ...counts } = await unwrap(
        client.GET("/internal/events/{id}/cancellation", { params: { path: { id } } }),
      );
      return {
        ...counts,
        refunds: refunds.map(({ currency, amount_minor }) => ({
          currency,
          amountMinor: amount_minor,
        })),
      };
    },
    async countWaiting(eventIds) {
      const body = { event_ids: [...eventIds] };
      const { events } = await unwrap(client.POST("/internal/waitlist/counts", { body }));
      return events.map(({ event_id, ...counts }) => ({ eventId: event_id, ...counts }));
    },
    holds: (id) => unwrap(client.GET("/internal/events/{id}/holds", { params: { path: { id } } })),
    blockBuyer: (id, { userId, hours }) =>
      unwrap(
        client.PUT("/internal/events/{id}/holds/blocks/{user_id}", {
          params: { path: { id, user_id: userId } },
          body: { hours },
        }),
      ),
    unblockBuyer: (id, userId) =>
      unwrap(
        client.DELETE("/internal/events/{id}/holds/blocks/{user_id}", {
          params: { path: { id, user_id: userId } },
        }),
      ),
  };
}
