import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { SeatDeps } from "../deps.ts";
import { EventIdParams } from "../events/params.ts";
import {
  AllocationBatches,
  CommitResponses,
  ExtendRequest,
  ExtendResponse,
  HoldRequest,
  HoldResponses,
  ReleaseResponses,
  WaitlistRequest,
  WaitlistResponse,
} from "./wire.ts";
import { seatOperations } from "./seat_operations.ts";
import { extendSeats } from "./extend_seats.ts";
import { setWaitlistOpen } from "./set_waitlist_open.ts";

const holdRoute = createRoute({
  method: "post",
  path: "/internal/seats/hold",
  hide: true,
  request: { body: jsonBody(HoldRequest) },
  responses: { 200: json(HoldResponses), ...errors(400, 401, 403) },
});

const commitRoute = createRoute({
  method: "post",
  path: "/internal/seats/commit",
  hide: true,
  request: { body: jsonBody(AllocationBatches) },
  responses: { 200: json(CommitResponses), ...errors(400, 401, 403) },
});

const releaseRoute = createRoute({
  method: "post",
  path: "/internal/seats/release",
  hide: true,
  request: { body: jsonBody(AllocationBatches) },
  responses: { 200: json(ReleaseResponses), ...errors(400, 401, 403) },
});

const extendRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/extend",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(ExtendRequest) },
  responses: { 200: json(ExtendResponse), ...errors(400, 401, 403) },
});

const waitlistRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/waitlist",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(WaitlistRequest) },
  responses: { 200: json(WaitlistResponse), ...errors(400, 401, 403, 404) },
});

/**
 * The seat inventory. Holds, sales and releases take a batch for each of one event or several, all of them in one
 * transaction; each operation is idempotent by allocation id, and answers per item, in order.
 */
export function seatRoutes(deps: SeatDeps) {
  const operations = seatOperations(deps);
  return createRoutes()
    .openapi(holdRoute, async (c) => {
      return c.json({ batches: await operations.hold(c.req.valid("json")) }, 200);
    })
    .openapi(commitRoute, async (c) => {
      const { batches } = c.req.valid("json");
      return c.json({ batches: await operations.commit(batches) }, 200);
    })
    .openapi(releaseRoute, async (c) => {
      const { batches } = c.req.valid("json");
      return c.json({ batches: await operations.release(batches) }, 200);
    })
    .openapi(extendRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(await extendSeats(deps, { eventId, ...c.req.valid("json") }), 200);
    })
    .openapi(waitlistRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const answer = await setWaitlistOpen(deps, { eventId, ...c.req.valid("json") });
      deps.seatNews.tell(eventId, answer);
      return c.json(answer, 200);
    });
}
