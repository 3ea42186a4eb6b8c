import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { EventIdParams } from "../events/fields.ts";
import { adjustAvailability, type AdjustDeps } from "./adjust_availability.ts";
import { lookUpAllocations, soldAllocationsAfter } from "./allocations_sql.ts";
import { extendSeats } from "./extend_seats.ts";
import { seatOperations } from "./seat_operations.ts";
import {
  AllocationBatchesBody,
  AllocationsBody,
  AvailabilityChange,
  CloseWaitlistBody,
  CloseWaitlistResponse,
  CommitBody,
  CommitResponse,
  ExtendBody,
  ExtendResponse,
  fromAllocationBatches,
  fromCloseWaitlistBody,
  fromCommitBody,
  fromExtendItem,
  fromHoldBody,
  fromOpenWaitlistBody,
  fromSoldQuery,
  HoldBody,
  HoldResponse,
  LookupResponse,
  OpenWaitlistBody,
  OpenWaitlistResponse,
  ReleaseResponse,
  ReturnSeatsBody,
  SoldQuery,
  SoldResponse,
  toAvailabilityChange,
  toBatch,
  toCloseWaitlistResponse,
  toExtendResponse,
  toHoldBatch,
  toLookupResponse,
  toOpenWaitlistResponse,
  toReleaseBatch,
  toSoldResponse,
  toWaitlistSupplyResponse,
  UpdateAvailabilityBody,
  WaitlistSupplyBody,
  WaitlistSupplyResponse,
} from "./wire.ts";

const holdRoute = route({
  method: "post",
  path: "/internal/seats/hold",
  operationId: "holdSeats",
  tags: ["Internal"],
  summary: "Hold seats of one or several events",
  description: "Idempotent by allocation id; answers per item, in order.",
  request: { body: jsonBody(HoldBody) },
  responses: { 200: json(HoldResponse), ...errors(400, 401, 403) },
});

const commitRoute = route({
  method: "post",
  path: "/internal/seats/commit",
  operationId: "commitSeats",
  tags: ["Internal"],
  summary: "Sell held seats",
  description: "Idempotent by allocation id; answers per item, in order.",
  request: { body: jsonBody(CommitBody) },
  responses: { 200: json(CommitResponse), ...errors(400, 401, 403) },
});

const releaseRoute = route({
  method: "post",
  path: "/internal/seats/release",
  operationId: "releaseSeats",
  tags: ["Internal"],
  summary: "Release held or sold seats",
  description:
    "All of each allocation, or all but `keep` tickets of it. Idempotent; answers per item, in order.",
  request: { body: jsonBody(AllocationBatchesBody) },
  responses: { 200: json(ReleaseResponse), ...errors(400, 401, 403) },
});

const extendRoute = route({
  method: "post",
  path: "/internal/events/{id}/seats/extend",
  operationId: "extendSeats",
  tags: ["Internal"],
  summary: "Extend held seats",
  description: "Idempotent by allocation id; answers per item, in order.",
  request: { params: EventIdParams, body: jsonBody(ExtendBody) },
  responses: { 200: json(ExtendResponse), ...errors(400, 401, 403) },
});

const lookupRoute = route({
  method: "post",
  path: "/internal/events/{id}/seats/lookup",
  operationId: "lookUpAllocations",
  tags: ["Internal"],
  summary: "Look up allocations of an event",
  description: "Changes nothing.",
  request: { params: EventIdParams, body: jsonBody(AllocationsBody) },
  responses: { 200: json(LookupResponse), ...errors(400, 401, 403) },
});

const soldRoute = route({
  method: "get",
  path: "/internal/allocations/sold",
  operationId: "listSoldAllocations",
  tags: ["Internal"],
  summary: "List sold allocations",
  description: "A page; each must have a booking.",
  request: { query: SoldQuery },
  responses: { 200: json(SoldResponse), ...errors(400, 401, 403) },
});

const openWaitlistRoute = route({
  method: "post",
  path: "/internal/events/{id}/waitlist/open",
  operationId: "openWaitlist",
  tags: ["Internal"],
  summary: "Let people wait for ticket types of an event",
  description:
    "Answers per wish, in order: it waits, unless the public could buy so many now. While the list of a type is open, " +
    "free seats that it could use are not sold to the public.",
  request: { params: EventIdParams, body: jsonBody(OpenWaitlistBody) },
  responses: { 200: json(OpenWaitlistResponse), ...errors(400, 401, 403) },
});

const closeWaitlistRoute = route({
  method: "post",
  path: "/internal/events/{id}/waitlist/close",
  operationId: "closeWaitlist",
  tags: ["Internal"],
  summary: "Close waitlists of ticket types of an event",
  description: "Those that nobody has begun to wait for since they had the generation given.",
  request: { params: EventIdParams, body: jsonBody(CloseWaitlistBody) },
  responses: { 200: json(CloseWaitlistResponse), ...errors(400, 401, 403) },
});

const waitlistSupplyRoute = route({
  method: "post",
  path: "/internal/waitlist/supply",
  operationId: "readWaitlistSupply",
  tags: ["Internal"],
  summary: "Read what can be offered to waitlists",
  description: "Changes nothing. Unknown events are left out.",
  request: { body: jsonBody(WaitlistSupplyBody) },
  responses: { 200: json(WaitlistSupplyResponse), ...errors(400, 401, 403) },
});

const updateAvailabilityRoute = route({
  method: "post",
  path: "/internal/events/{id}/update-availability",
  operationId: "updateAvailability",
  tags: ["Internal"],
  summary: "Take or return seats by version",
  description: "Kept for callers of the former system.",
  request: { params: EventIdParams, body: jsonBody(UpdateAvailabilityBody) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

const returnSeatsRoute = route({
  method: "post",
  path: "/internal/events/{id}/return-seats",
  operationId: "returnSeats",
  tags: ["Internal"],
  summary: "Return seats by version",
  description: "Kept for callers of the former system.",
  request: { params: EventIdParams, body: jsonBody(ReturnSeatsBody) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

/**
 * The seat inventory, for other services. Hold, commit and release take batches of one event or several in one
 * transaction. Each operation is idempotent by allocation id; results are per item, in order.
 */
export function seatRoutes(deps: AdjustDeps & { sql: Sql }) {
  const operations = seatOperations(deps);
  return createRoutes()
    .openapi(holdRoute, async (c) => {
      const held = await operations.hold(fromHoldBody(c.req.valid("json")));
      return c.json({ batches: held.map(toHoldBatch) }, 200);
    })
    .openapi(commitRoute, async (c) => {
      const sold = await operations.commit(fromCommitBody(c.req.valid("json")));
      return c.json({ batches: sold.map(toBatch) }, 200);
    })
    .openapi(releaseRoute, async (c) => {
      const released = await operations.release(fromAllocationBatches(c.req.valid("json")));
      return c.json({ batches: released.map(toReleaseBatch) }, 200);
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
    .openapi(openWaitlistRoute, async (c) => {
      const request = fromOpenWaitlistBody(c.req.valid("param").id, c.req.valid("json"));
      return c.json(toOpenWaitlistResponse(await operations.openWaitlist(request)), 200);
    })
    .openapi(closeWaitlistRoute, async (c) => {
      const request = fromCloseWaitlistBody(c.req.valid("param").id, c.req.valid("json"));
      return c.json(toCloseWaitlistResponse(await operations.closeWaitlist(request)), 200);
    })
    .openapi(waitlistSupplyRoute, async (c) => {
      const { event_ids: eventIds } = c.req.valid("json");
      return c.json(toWaitlistSupplyResponse(await operations.waitlistSupply(eventIds)), 200);
    })
    .openapi(updateAvailabilityRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const changed = await adjustAvailability(deps, { eventId, ...c.req.valid("json") });
      return c.json(toAvailabilityChange(changed), 200);
    })
    .openapi(returnSeatsRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const changed = await adjustAvailability(deps, { eventId, ...c.req.valid("json") });
      return c.json(toAvailabilityChange(changed), 200);
    });
}
