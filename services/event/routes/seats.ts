import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { EventDeps, SeatDeps } from "../deps.ts";
import type { SeatsSeen } from "../public_events.ts";
import { EventIdParams } from "../schemas/params.ts";
import {
  AllocationsRequest,
  CommitResponse,
  ExtendRequest,
  ExtendResponse,
  HoldRequest,
  HoldResponse,
  ReleaseResponse,
  WaitlistRequest,
  WaitlistResponse,
} from "../schemas/seats.ts";
import { commitSeats } from "../verbs/commit_seats.ts";
import { extendSeats } from "../verbs/extend_seats.ts";
import { holdSeats } from "../verbs/hold_seats.ts";
import { releaseSeats } from "../verbs/release_seats.ts";
import { setWaitlistOpen } from "../verbs/set_waitlist_open.ts";

const holdRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/hold",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(HoldRequest) },
  responses: { 200: json(HoldResponse), ...errors(400, 401, 403) },
});

const commitRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/commit",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(AllocationsRequest) },
  responses: { 200: json(CommitResponse), ...errors(400, 401, 403) },
});

const releaseRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/release",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(AllocationsRequest) },
  responses: { 200: json(ReleaseResponse), ...errors(400, 401, 403) },
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
 * The seat inventory. Each operation takes a batch for one event, is idempotent by allocation id, and
 * answers per item, in order.
 */
export function seatRoutes(deps: SeatDeps & Pick<EventDeps, "publicEvents">) {
  /** Shows everybody what the operation left of the seats. */
  function shown<Answer extends SeatsSeen>(eventId: string, answer: Answer): Answer {
    deps.publicEvents.seatsAre(eventId, answer);
    return answer;
  }

  return createRoutes()
    .openapi(holdRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(
        shown(eventId, await holdSeats(deps, { eventId, ...c.req.valid("json") })),
        200,
      );
    })
    .openapi(commitRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { allocation_ids: allocationIds } = c.req.valid("json");
      return c.json(shown(eventId, await commitSeats(deps, { eventId, allocationIds })), 200);
    })
    .openapi(releaseRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const { allocation_ids: allocationIds } = c.req.valid("json");
      return c.json(shown(eventId, await releaseSeats(deps, { eventId, allocationIds })), 200);
    })
    .openapi(extendRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(await extendSeats(deps, { eventId, ...c.req.valid("json") }), 200);
    })
    .openapi(waitlistRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(
        shown(eventId, await setWaitlistOpen(deps, { eventId, ...c.req.valid("json") })),
        200,
      );
    });
}
