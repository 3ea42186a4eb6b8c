import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";
import {
  AllocationLookup,
  GrantedAllocationsPage,
  GrantedQuery,
  SoldAllocations,
  SoldQuery,
} from "./allocations_wire.ts";
import { EventIdParams } from "../events/params.ts";
import { AllocationsRequest } from "./wire.ts";
import { lookUpAllocations, soldAllocationsAfter } from "./allocations_sql.ts";
import { grantedAfter } from "./ledger/ledger_sql.ts";

/** Of up to a whole batch each. */
const MAX_ENTRIES = 100;

const lookupRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/lookup",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(AllocationsRequest) },
  responses: { 200: json(AllocationLookup), ...errors(400, 401, 403) },
});

const grantedRoute = createRoute({
  method: "get",
  path: "/internal/events/{id}/seats/granted",
  hide: true,
  request: { params: EventIdParams, query: GrantedQuery },
  responses: { 200: json(GrantedAllocationsPage), ...errors(400, 401, 403) },
});

const soldRoute = createRoute({
  method: "get",
  path: "/internal/allocations/sold",
  hide: true,
  request: { query: SoldQuery },
  responses: { 200: json(SoldAllocations), ...errors(400, 401, 403) },
});

/** What the booking service compares its bookings with; it changes nothing. */
export function allocationRoutes({ sql }: Pick<EventDeps, "sql">) {
  return createRoutes()
    .openapi(lookupRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { allocation_ids: allocationIds } = c.req.valid("json");
      return c.json({ results: await lookUpAllocations(sql, { eventId, allocationIds }) }, 200);
    })
    .openapi(grantedRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { after } = c.req.valid("query");
      return c.json(await grantedAfter(sql, { eventId, after, limit: MAX_ENTRIES }), 200);
    })
    .openapi(soldRoute, async (c) => {
      const { after_event, after_allocation, limit } = c.req.valid("query");
      const after = after_event && after_allocation
        ? { eventId: after_event, allocationId: after_allocation }
        : undefined;
      return c.json(await soldAllocationsAfter(sql, { after, limit }), 200);
    });
}
