import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { EventIdParams } from "../events/params.ts";
import { lookUpAllocations, soldAllocationsAfter } from "./allocations_sql.ts";
import type { SeatDeps } from "./deps.ts";
import { extendSeats } from "./extend_seats.ts";
import { seatOperations } from "./seat_operations.ts";
import { setWaitlistOpen } from "./set_waitlist_open.ts";
import {
  AllocationBatchesBody,
  AllocationsBody,
  CommitResponse,
  ExtendBody,
  ExtendResponse,
  fromAllocationBatches,
  fromExtendItem,
  fromHoldBody,
  fromSoldQuery,
  HoldBody,
  HoldResponse,
  LookupResponse,
  ReleaseResponse,
  SoldQuery,
  SoldResponse,
  toBatch,
  toExtendResponse,
  toHoldBatch,
  toLookupResponse,
  toSoldResponse,
  toWaitlistResponse,
  WaitlistBody,
  WaitlistResponse,
} from "./wire.ts";

const holdRoute = createRoute({
  method: "post",
  path: "/internal/seats/hold",
  hide: true,
  request: { body: jsonBody(HoldBody) },
  responses: { 200: json(HoldResponse), ...errors(400, 401, 403) },
});

const commitRoute = createRoute({
  method: "post",
  path: "/internal/seats/commit",
  hide: true,
  request: { body: jsonBody(AllocationBatchesBody) },
  responses: { 200: json(CommitResponse), ...errors(400, 401, 403) },
});

const releaseRoute = createRoute({
  method: "post",
  path: "/internal/seats/release",
  hide: true,
  request: { body: jsonBody(AllocationBatchesBody) },
  responses: { 200: json(ReleaseResponse), ...errors(400, 401, 403) },
});

const extendRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/extend",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(ExtendBody) },
  responses: { 200: json(ExtendResponse), ...errors(400, 401, 403) },
});

const lookupRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/lookup",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(AllocationsBody) },
  responses: { 200: json(LookupResponse), ...errors(400, 401, 403) },
});

const soldRoute = createRoute({
  method: "get",
  path: "/internal/allocations/sold",
  hide: true,
  request: { query: SoldQuery },
  responses: { 200: json(SoldResponse), ...errors(400, 401, 403) },
});

const waitlistRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/waitlist",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(WaitlistBody) },
  responses: { 200: json(WaitlistResponse), ...errors(400, 401, 403, 404) },
});

/**
 * The seat inventory, for other services. Hold, commit and release take batches of one event or several in one
 * transaction. Each operation is idempotent by allocation id; results are per item, in order.
 */
export function seatRoutes(deps: SeatDeps & { sql: Sql }) {
  const operations = seatOperations(deps);
  return createRoutes()
    .openapi(holdRoute, async (c) => {
      const held = await operations.hold(fromHoldBody(c.req.valid("json")));
      return c.json({ batches: held.map(toHoldBatch) }, 200);
    })
    .openapi(commitRoute, async (c) => {
      const sold = await operations.commit(fromAllocationBatches(c.req.valid("json")));
      return c.json({ batches: sold.map(toBatch) }, 200);
    })
    .openapi(releaseRoute, async (c) => {
      const released = await operations.release(fromAllocationBatches(c.req.valid("json")));
      return c.json({ batches: released.map(toBatch) }, 200);
    })
    .openapi(extendRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const items = c.req.valid("json").items.map(fromExtendItem);
      return c.json(toExtendResponse(await extendSeats(deps, { eventId, items })), 200);
    })
    .openapi(lookupRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { allocation_ids: allocationIds } = c.req.valid("json");
      const found = await lookUpAllocations(deps.sql, { eventId, allocationIds });
      return c.json(toLookupResponse(found), 200);
    })
    .openapi(soldRoute, async (c) => {
      const query = c.req.valid("query");
      const page = { after: fromSoldQuery(query), limit: query.limit };
      return c.json(toSoldResponse(await soldAllocationsAfter(deps.sql, page)), 200);
    })
    .openapi(waitlistRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { open } = c.req.valid("json");
      return c.json(toWaitlistResponse(await setWaitlistOpen(deps, { eventId, open })), 200);
    });
}
