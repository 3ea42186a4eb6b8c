import type { components } from "@evently/shared/client/gateway";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import type { ManagedEvent } from "./events.ts";
import { managedEventsQuery } from "./events.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Venue = components["schemas"]["Venue"];
type NewVenue = components["schemas"]["CreateVenueRequest"];

const PAGE_SIZE = 100;
/** Pages that are looked through for one venue or its events. */
const MOST_PAGES = 20;

/** Venues by name, a page of them. */
export function venuesQuery(
  api: Api,
  adminId: string,
  query: { search?: string | undefined; page?: number | undefined },
) {
  const { search, page = 1 } = query;
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "venues", search, page],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/venues", {
        params: { query: { page, limit: 20, ...(search ? { search } : {}) } },
      })),
    placeholderData: keepPreviousData,
  });
}

/** Every venue, for a choice. */
export function allVenuesQuery(api: Api, adminId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "all venues"],
    queryFn: async () => {
      const venues: Venue[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const found = await unwrap(
          api.GET("/api/event/admin/venues", { params: { query: { page, limit: PAGE_SIZE } } }),
        );
        venues.push(...found.venues);
        if (!found.has_more) break;
      }
      return venues;
    },
  });
}

/** Makes a venue. */
export function makeVenue(api: Api, body: NewVenue): Promise<Venue> {
  return unwrap(api.POST("/api/event/admin/venues", { body }));
}

/** Changes a venue; `null` removes an optional value. */
export function saveVenue(
  api: Api,
  venueId: string,
  body: components["schemas"]["UpdateVenueRequest"],
): Promise<Venue> {
  return unwrap(
    api.PUT("/api/event/admin/venues/{id}", { params: { path: { id: venueId } }, body }),
  );
}

/** Deletes a venue. @throws {ApiError} `VENUE_IN_USE`: events take place there */
export function removeVenue(api: Api, venueId: string): Promise<unknown> {
  return unwrap(api.DELETE("/api/event/admin/venues/{id}", { params: { path: { id: venueId } } }));
}

/** The organiser's events at a venue: those among the first thousands. */
export function eventsAtVenueQuery(api: Api, adminId: string, venueId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "events at", venueId],
    queryFn: async ({ client }) => {
      const events: ManagedEvent[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const found = await client.fetchQuery(
          managedEventsQuery(api, adminId, { page, limit: PAGE_SIZE }),
        );
        events.push(...found.events.filter(({ venue_id }) => venue_id === venueId));
        if (!found.has_more) break;
      }
      return events;
    },
  });
}
