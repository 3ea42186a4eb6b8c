import { setWaitlistOpen } from "@evently/event/testing";
import { internalKeyHeaders } from "@evently/shared/auth";
import type { Pool } from "@evently/shared/postgres";
import {
  BINDING_ORIGIN,
  type SeatNews,
  type ServiceBinding,
  ServiceRefusal,
} from "@evently/shared/services";
import { jsonRequest, readAnswer, type TestContext } from "@evently/shared/testing";
import type { Answered } from "./waitlist_client.ts";

/** The price of a ticket. */
export const PRICE_MINOR = 150_000;

/** Changes that an organiser makes to an event during its sale, through routes of the event service. */
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
  /** Adds a ticket type, by default at {@link PRICE_MINOR}; returns its id. */
  addType(eventId: string, fields?: Record<string, unknown>): Promise<string>;
  /** Sends a PUT of these fields of a ticket type. */
  changeType(eventId: string, ticketTypeId: string, fields: Record<string, unknown>): Promise<void>;
  /** Reads the analytics of the event. */
  analytics(eventId: string): Promise<Analytics>;
  /** Lists who waits for the event. */
  waitlist(eventId: string, query?: string): Promise<Answered["body"]>;
  /** Pauses or resumes the offers of the event. */
  pauseWaitlist(eventId: string, isPaused: boolean): Promise<Answered["body"]>;
  /** Opens or closes the list of an event's default type, whatever is free. */
  setWaitlistOpen(eventId: string, open: boolean): Promise<void>;
}

/** Seats and money of an event. */
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
  { context, adminId, eventsDb, seatNews }: {
    context: TestContext;
    adminId: string;
    eventsDb: Pool;
    /** Of the process of `event`. */
    seatNews: SeatNews;
  },
): Organiser {
  async function send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const token = await context.tokens.issueForAdmin({
      adminId,
      role: "super_admin",
      permissions: "{}",
    });
    const request = jsonRequest(method, BINDING_ORIGIN + path, {
      body,
      token: path.startsWith("/internal") ? undefined : token,
      headers: internalKeyHeaders(context.internalApiKey),
    });
    const { status, body: answer } = await readAnswer(event.fetch(request));
    if (status >= 400) throw new ServiceRefusal(answer.code, answer.error, status);
    return answer;
  }

  return {
    async resize(eventId, totalCapacity) {
      await send("PUT", `/api/v1/admin/events/${eventId}`, { total_capacity: totalCapacity });
    },
    async change(eventId, fields) {
      await send("PUT", `/api/v1/admin/events/${eventId}`, fields);
    },
    async addType(eventId, fields = {}) {
      const type = { name: "Balcony", price: PRICE_MINOR / 100, ...fields };
      const path = `/api/v1/admin/events/${eventId}/ticket-types`;
      return (await send<{ ticket_type_id: string }>("POST", path, type)).ticket_type_id;
    },
    async changeType(eventId, ticketTypeId, fields) {
      const path = `/api/v1/admin/events/${eventId}/ticket-types/${ticketTypeId}`;
      await send("PUT", path, fields);
    },
    waitlist: (eventId, query = "") =>
      send("GET", `/api/v1/admin/events/${eventId}/waitlist${query}`),
    pauseWaitlist: (eventId, isPaused) =>
      send("POST", `/api/v1/admin/events/${eventId}/waitlist/${isPaused ? "pause" : "resume"}`),
    analytics: (eventId) => send("GET", `/api/v1/admin/events/${eventId}/analytics`),
    async cancelEvent(eventId) {
      await send("DELETE", `/api/v1/admin/events/${eventId}`);
    },
    async setWaitlistOpen(eventId, open) {
      seatNews.tell(eventId, await setWaitlistOpen(eventsDb, eventId, open));
    },
  };
}
