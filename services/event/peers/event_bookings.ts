import { z } from "@hono/zod-openapi";
import { internalKeyHeaders } from "@evently/shared/auth";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";

/** The bookings of events, in the booking service. */
export interface EventBookings {
  /** Cancels a bounded number of bookings of an event, with refunds; returns how many remain. Idempotent. */
  cancelAll(eventId: string): Promise<{ remaining: number }>;
  /** The money paid for an event, one entry per currency. */
  takings(eventId: string): Promise<Takings[]>;
}

/** Money paid by buyers, and the part that is refunded, in minor units. */
export interface Takings {
  currency: string;
  grossMinor: number;
  refundedMinor: number;
}

const CancelAnswer = z.object({ remaining: z.int().min(0) });
const TakingsAnswer = z.object({
  takings: z.array(z.object({
    currency: z.string(),
    gross_minor: z.int().min(0),
    refunded_minor: z.int().min(0),
  })),
});

/** The bookings over the booking service's internal routes. */
export function eventBookingsOver(
  binding: Pick<ServiceBinding, "fetch">,
  internalKey: string,
): EventBookings {
  function send(method: string, path: string): Promise<unknown> {
    const headers = internalKeyHeaders(internalKey);
    const url = `${BINDING_ORIGIN}/internal/events/${path}`;
    return unwrap(binding.fetch(new Request(url, { method, headers })));
  }
  return {
    async cancelAll(eventId) {
      return CancelAnswer.parse(await send("POST", `${eventId}/cancel-bookings`));
    },
    async takings(eventId) {
      const { takings } = TakingsAnswer.parse(await send("GET", `${eventId}/takings`));
      return takings.map(({ currency, gross_minor, refunded_minor }) => ({
        currency,
        grossMinor: gross_minor,
        refundedMinor: refunded_minor,
      }));
    },
  };
}
