import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { EventIdParams } from "../events/fields.ts";
import type { OrganiserVariables } from "../organisations/organiser.ts";
import { blockBuyer } from "./block_buyer.ts";
import { unblockBuyer } from "./unblock_buyer.ts";
import { viewUnpaidHolds } from "./view_unpaid_holds.ts";
import {
  BlockParams,
  BlockRequest,
  BlockResponse,
  toUnpaidHolds,
  UnblockedResponse,
  UnpaidHoldsResponse,
} from "./wire.ts";

const HOLDS = { tags: ["Event management"] as [string], security: [{ adminToken: [] }] };

const viewRoute = route({
  ...HOLDS,
  method: "get",
  path: "/admin/events/{id}/holds",
  operationId: "getEventHolds",
  summary: "Get the unpaid reservations of an event",
  description:
    "Seats held and not paid now, how many reservations of the last hour and day lapsed without payment, the accounts " +
    "with the most, and who is blocked. `warning` says that it looks as if seats are held to keep others from buying. Of a " +
    "day the latest 50,000 reservations count; offers of the waitlist do not.",
  request: { params: EventIdParams },
  responses: { 200: json(UnpaidHoldsResponse), ...errors(400, 401, 404, 503) },
});

const blockRoute = route({
  ...HOLDS,
  method: "put",
  path: "/admin/events/{id}/holds/blocks/{user_id}",
  operationId: "blockEventBuyer",
  summary: "Refuse reservations of an event by an account for a time",
  description:
    "Its reservations that nobody is paying end at once, as does its place on the waitlist; what is paid or being paid " +
    "stays. Idempotent; another number of `hours` counts from now.",
  request: { params: BlockParams, body: jsonBody(BlockRequest) },
  responses: { 200: json(BlockResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const unblockRoute = route({
  ...HOLDS,
  method: "delete",
  path: "/admin/events/{id}/holds/blocks/{user_id}",
  operationId: "unblockEventBuyer",
  summary: "Let an account reserve tickets of an event again",
  description: "What ended by the block does not come back. Idempotent.",
  request: { params: BlockParams },
  responses: { 200: json(UnblockedResponse), ...errors(400, 401, 403, 404, 503) },
});

/** Routes by which organisers see unpaid holds and block accounts; the token and the role are checked before. */
export function unpaidHoldRoutes(
  deps:
    & Parameters<typeof viewUnpaidHolds>[0]
    & Parameters<typeof blockBuyer>[0]
    & Parameters<typeof unblockBuyer>[0],
) {
  return createRoutes<OrganiserVariables>()
    .openapi(viewRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const seen = await viewUnpaidHolds(deps, { admin: c.get("admin"), eventId });
      return c.json(toUnpaidHolds(seen), 200);
    })
    .openapi(blockRoute, async (c) => {
      const { id: eventId, user_id: userId } = c.req.valid("param");
      const wanted = { admin: c.get("admin"), eventId, userId };
      return c.json(await blockBuyer(deps, { ...wanted, ...c.req.valid("json") }), 200);
    })
    .openapi(unblockRoute, async (c) => {
      const { id: eventId, user_id: userId } = c.req.valid("param");
      return c.json(await unblockBuyer(deps, { admin: c.get("admin"), eventId, userId }), 200);
    });
}
