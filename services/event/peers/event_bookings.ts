import type { operations, paths } from "@evently/shared/client/booking";
import {
  type AnswerOf,
  type ServiceBinding,
  serviceClient,
  unwrap,
} from "@evently/shared/services";

/** The bookings of events, in the booking service. */
export interface EventBookings {
  /** Cancels a bounded number of bookings of an event, with refunds; returns how many remain. Idempotent. */
  cancelAll(eventId: string): Promise<{ remaining: number }>;
  /** The money paid for an event, one entry per currency. */
  takings(eventId: string): Promise<Takings[]>;
  /** A page of those who wait for an event, by place in line. */
  waitlist(eventId: string, page: { page: number; limit: number }): Promise<EventWaitlist>;
  /** Pauses or resumes the offers of an event. Idempotent. */
  pauseWaitlist(eventId: string, options: { isPaused: boolean }): Promise<WaitlistPause>;
}

/** A page of a waitlist as the booking service sends it: organisers get it as it is. */
export type EventWaitlist = AnswerOf<operations["listWaitlist"]>;

/** Whether offers are paused, as the booking service sends it. */
export type WaitlistPause = AnswerOf<operations["pauseWaitlist"]>;

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
  };
}
