import { internalKeyHeaders } from "@evently/shared/auth";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";
import type { TestContext } from "@evently/shared/testing";

/** What an organiser may do to an event while it sells, through the event service's own routes. */
export interface Organiser {
  /** @throws {ServiceRefusal} `CAPACITY_BELOW_SOLD`, `EVENT_STATE_CONFLICT` */
  resize(eventId: string, capacity: number): Promise<void>;
  /** Sends a PUT of these fields. */
  change(eventId: string, fields: Record<string, unknown>): Promise<void>;
  /**
   * Cancels the event; its bookings follow through the outbox.
   *
   * @throws {ServiceRefusal} `EVENT_STATE_CONFLICT`
   */
  cancelEvent(eventId: string): Promise<void>;
  /** What is shown of the event's sales. */
  analytics(eventId: string): Promise<Analytics>;
  /** Opens or closes the event's waitlist; answers how many seats it has for it. */
  setWaitlistOpen(eventId: string, open: boolean): Promise<number>;
}

/** What there is of an event's seats and money. */
export interface Analytics {
  tickets_sold: number;
  estimated_revenue: number;
  gross: number;
  refunded: number;
  net: number;
}

/** An organiser who may change every event. */
export function organiserAt(
  event: ServiceBinding,
  { context, adminId }: { context: TestContext; adminId: string },
): Organiser {
  async function send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const token = await context.tokens.issueForAdmin({
      admin_id: adminId,
      role: "super_admin",
      permissions: "{}",
    });
    const headers = {
      ...internalKeyHeaders(context.internalApiKey),
      ...(path.startsWith("/internal") ? {} : { Authorization: `Bearer ${token}` }),
      "Content-Type": "application/json",
    };
    const request = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
    return await unwrap(event.fetch(new Request(BINDING_ORIGIN + path, request))) as Answer;
  }

  return {
    async resize(eventId, totalCapacity) {
      await send("PUT", `/api/v1/admin/events/${eventId}`, { total_capacity: totalCapacity });
    },
    async change(eventId, fields) {
      await send("PUT", `/api/v1/admin/events/${eventId}`, fields);
    },
    analytics: (eventId) => send("GET", `/api/v1/admin/events/${eventId}/analytics`),
    async cancelEvent(eventId) {
      await send("DELETE", `/api/v1/admin/events/${eventId}`);
    },
    async setWaitlistOpen(eventId, open) {
      const answer = await send<{ set_aside: number }>(
        "POST",
        `/internal/events/${eventId}/waitlist`,
        { open },
      );
      return answer.set_aside;
    },
  };
}
