import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type TicketType = components["schemas"]["ManagedTicketType"];
export type Pool = components["schemas"]["Pool"];
export type NewTicketType = components["schemas"]["CreateTicketTypeRequest"];
export type TicketTypeUpdate = components["schemas"]["UpdateTicketTypeRequest"];

/** The ticket types of an event, by position; paused and archived ones, too. */
export function ticketTypesQuery(api: Api, adminId: string, eventId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "ticket types", eventId],
    queryFn: async () => {
      const answer = await unwrap(
        api.GET("/api/event/admin/events/{id}/ticket-types", { params: { path: { id: eventId } } }),
      );
      return answer.ticket_types;
    },
  });
}

/** The pools of an event, the house first. */
export function poolsQuery(api: Api, adminId: string, eventId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "pools", eventId],
    queryFn: async () => {
      const answer = await unwrap(
        api.GET("/api/event/admin/events/{id}/pools", { params: { path: { id: eventId } } }),
      );
      return answer.pools;
    },
  });
}

/** Adds a ticket type to an event. */
export function addTicketType(api: Api, eventId: string, body: NewTicketType) {
  return unwrap(
    api.POST("/api/event/admin/events/{id}/ticket-types", {
      params: { path: { id: eventId } },
      body,
    }),
  );
}

/** Changes a ticket type. @throws {ApiError} `STALE_VERSION`, `CAPACITY_BELOW_SOLD` */
export function saveTicketType(
  api: Api,
  { eventId, typeId, body }: { eventId: string; typeId: string; body: TicketTypeUpdate },
) {
  return unwrap(
    api.PUT("/api/event/admin/events/{id}/ticket-types/{ticket_type_id}", {
      params: { path: { id: eventId, ticket_type_id: typeId } },
      body,
    }),
  );
}

/** Takes a ticket type away; one that was sold is archived. */
export function removeTicketType(api: Api, eventId: string, typeId: string) {
  return unwrap(
    api.DELETE("/api/event/admin/events/{id}/ticket-types/{ticket_type_id}", {
      params: { path: { id: eventId, ticket_type_id: typeId } },
    }),
  );
}

/** Adds a pool of seats that ticket types share. */
export function addPool(api: Api, eventId: string, body: { name: string; capacity: number }) {
  return unwrap(
    api.POST("/api/event/admin/events/{id}/pools", { params: { path: { id: eventId } }, body }),
  );
}

/** Takes a pool away. @throws {ApiError} `POOL_IN_USE` */
export function removePool(api: Api, eventId: string, poolId: string) {
  return unwrap(
    api.DELETE("/api/event/admin/events/{id}/pools/{pool_id}", {
      params: { path: { id: eventId, pool_id: poolId } },
    }),
  );
}
