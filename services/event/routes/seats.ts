import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { errors, idParam, json, jsonBody } from "@evently/shared/http";
import type { AppEnv } from "@evently/shared/http";
import type { SeatDeps } from "../deps.ts";
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

const EventParam = z.object({ id: idParam("Invalid event ID") });

/** Each takes a batch for one event, is idempotent by allocation id, and answers per item, in order. */
export const holdRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/hold",
  hide: true,
  request: { params: EventParam, body: jsonBody(HoldRequest) },
  responses: { 200: json(HoldResponse), ...errors(400, 401, 403) },
});

export const commitRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/commit",
  hide: true,
  request: { params: EventParam, body: jsonBody(AllocationsRequest) },
  responses: { 200: json(CommitResponse), ...errors(400, 401, 403) },
});

export const releaseRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/release",
  hide: true,
  request: { params: EventParam, body: jsonBody(AllocationsRequest) },
  responses: { 200: json(ReleaseResponse), ...errors(400, 401, 403) },
});

export const extendRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/seats/extend",
  hide: true,
  request: { params: EventParam, body: jsonBody(ExtendRequest) },
  responses: { 200: json(ExtendResponse), ...errors(400, 401, 403) },
});

export const waitlistRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/waitlist",
  hide: true,
  request: { params: EventParam, body: jsonBody(WaitlistRequest) },
  responses: { 200: json(WaitlistResponse), ...errors(400, 401, 403, 404) },
});

export function handleHold(deps: SeatDeps): RouteHandler<typeof holdRoute, AppEnv> {
  return async function hold(c) {
    const eventId = c.req.valid("param").id;
    return c.json(await holdSeats(deps, { eventId, ...c.req.valid("json") }), 200);
  };
}

export function handleCommit(deps: SeatDeps): RouteHandler<typeof commitRoute, AppEnv> {
  return async function commit(c) {
    const eventId = c.req.valid("param").id;
    const { allocation_ids } = c.req.valid("json");
    return c.json(await commitSeats(deps, { eventId, allocationIds: allocation_ids }), 200);
  };
}

export function handleRelease(deps: SeatDeps): RouteHandler<typeof releaseRoute, AppEnv> {
  return async function release(c) {
    const eventId = c.req.valid("param").id;
    const { allocation_ids } = c.req.valid("json");
    return c.json(await releaseSeats(deps, { eventId, allocationIds: allocation_ids }), 200);
  };
}

export function handleExtend(deps: SeatDeps): RouteHandler<typeof extendRoute, AppEnv> {
  return async function extend(c) {
    const eventId = c.req.valid("param").id;
    return c.json(await extendSeats(deps, { eventId, ...c.req.valid("json") }), 200);
  };
}

export function handleWaitlist(deps: SeatDeps): RouteHandler<typeof waitlistRoute, AppEnv> {
  return async function waitlist(c) {
    const eventId = c.req.valid("param").id;
    return c.json(await setWaitlistOpen(deps, { eventId, ...c.req.valid("json") }), 200);
  };
}
