import type { components } from "@evently/shared/client/gateway";
import { newId } from "@evently/shared/ids";
import { dataOf, type TestPlatform } from "../journeys/platform.ts";

type CreateEvent = components["schemas"]["CreateEventRequest"];
type CreateTicketType = components["schemas"]["CreateTicketTypeRequest"];
type UpdateTicketType = components["schemas"]["UpdateTicketTypeRequest"];
type UpdateEvent = components["schemas"]["UpdateEventRequest"];

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const STARTS_IN_DAYS = 30;

/** Makes a test's events by the API, as their organiser would. */
export interface Organiser {
  /** Credentials, for requests of a test's own. */
  headers: { Authorization: string };
  /** Makes an event, published unless it is to stay a draft. @returns its id */
  event(
    options?: Partial<CreateEvent> & {
      capacity?: number;
      price?: number;
      city?: string;
      isDraft?: boolean;
    },
  ): Promise<string>;
  /** @returns the id of the new ticket type */
  addType(eventId: string, type: Partial<CreateTicketType> & { name: string }): Promise<string>;
  /** Changes a ticket type; that of an event without others has the event's id. */
  changeType(eventId: string, typeId: string, update: UpdateTicketType): Promise<void>;
  change(eventId: string, update: UpdateEvent): Promise<void>;
  cancel(eventId: string): Promise<void>;
}

/** An organiser who is logged in, by default the seeded one. */
export async function organiserOf(
  { api, logIn }: TestPlatform,
  given?: Pick<Organiser, "headers">,
): Promise<Organiser> {
  const headers = given?.headers ?? {
    Authorization: `Bearer ${await logIn("admin@example.com", { admin: true })}`,
  };
  const change = async (id: string, body: UpdateEvent) => {
    await dataOf(
      api.PUT("/api/event/admin/events/{id}", { headers, params: { path: { id } }, body }),
    );
  };
  return {
    headers,
    change,
    async event({ capacity = 20, price = 250, city = "Pune", isDraft = false, ...fields } = {}) {
      const { venue_id } = await dataOf(api.POST("/api/event/admin/venues", {
        headers,
        body: { name: "Town Hall", address: "1 Main Road", city, country: "India", capacity },
      }));
      const startsAt = Date.now() + STARTS_IN_DAYS * DAY_MS;
      const { event_id } = await dataOf(api.POST("/api/event/admin/events", {
        headers,
        body: {
          name: `Evening ${newId().slice(-6)}`,
          venue_id,
          event_type: "concert",
          start_datetime: new Date(startsAt).toISOString(),
          end_datetime: new Date(startsAt + 3 * HOUR_MS).toISOString(),
          total_capacity: capacity,
          base_price: price,
          timezone: "Asia/Kolkata",
          max_tickets_per_booking: 10,
          currency: "INR",
          public_counts: false,
          ...fields,
        },
      }));
      if (!isDraft) await change(event_id, { status: "published" });
      return event_id;
    },
    async addType(id, { price = 100, ...type }) {
      const { ticket_type_id } = await dataOf(
        api.POST("/api/event/admin/events/{id}/ticket-types", {
          headers,
          params: { path: { id } },
          body: { price, gives: 1, min_per_order: 1, pools: [], status: "active", ...type },
        }),
      );
      return ticket_type_id;
    },
    async changeType(id, typeId, body) {
      await dataOf(api.PUT("/api/event/admin/events/{id}/ticket-types/{ticket_type_id}", {
        headers,
        params: { path: { id, ticket_type_id: typeId } },
        body,
      }));
    },
    async cancel(id) {
      await dataOf(
        api.DELETE("/api/event/admin/events/{id}", { headers, params: { path: { id } } }),
      );
    },
  };
}
