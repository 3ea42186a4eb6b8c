import { z } from "@hono/zod-openapi";
import { internalKeyHeaders } from "@evently/shared/auth";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";

/** The bookings of an event, which the booking service keeps. */
export interface EventBookings {
  /** Cancels a bounded number of them, with refunds; answers how many are left. Idempotent. */
  cancelAll(eventId: string): Promise<{ remaining: number }>;
}

const Answer = z.object({ remaining: z.int().min(0) });

/** The bookings behind the booking service's internal route. */
export function eventBookingsOver(
  binding: Pick<ServiceBinding, "fetch">,
  internalKey: string,
): EventBookings {
  return {
    async cancelAll(eventId) {
      const url = `${BINDING_ORIGIN}/internal/events/${eventId}/cancel-bookings`;
      const headers = internalKeyHeaders(internalKey);
      return Answer.parse(
        await unwrap(binding.fetch(new Request(url, { method: "POST", headers }))),
      );
    },
  };
}
