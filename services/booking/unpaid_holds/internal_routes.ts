import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, idParam, json, jsonBody, route } from "@evently/shared/http";
import type { Secrets } from "@evently/shared/secrets";
import type { UnpaidHoldDeps } from "../deps.ts";
import { EventIdParams } from "../fields.ts";
import { blockBuyer, type BlockDeps } from "./block_buyer.ts";
import { unblockBuyer } from "./unblock_buyer.ts";
import { viewUnpaidHolds } from "./view_unpaid_holds.ts";
import {
  BlockRequest,
  MadeBlockBody,
  toMadeBlock,
  toMs,
  toUnpaidHolds,
  UnblockedBody,
  UnpaidHoldsBody,
} from "./wire.ts";

const BuyerParams = EventIdParams.extend({ user_id: idParam("Invalid user ID format") });

const viewRoute = route({
  method: "get",
  path: "/events/{id}/holds",
  operationId: "getUnpaidHolds",
  tags: ["Internal"],
  summary: "Count the unpaid reservations of an event",
  description:
    "Open ones, those of the last hour and day that were paid or lapsed, the few accounts with the most, and who is " +
    "blocked. Of a day the latest 50,000 count; offers of the waitlist do not.",
  request: { params: EventIdParams },
  responses: { 200: json(UnpaidHoldsBody), ...errors(400, 401, 403) },
});

const blockRoute = route({
  method: "put",
  path: "/events/{id}/holds/blocks/{user_id}",
  operationId: "blockBuyer",
  tags: ["Internal"],
  summary: "Refuse reservations of an event by a user for a time",
  description:
    "Ends their open reservations that nobody is paying, and their place on the waitlist. Idempotent.",
  request: { params: BuyerParams, body: jsonBody(BlockRequest) },
  responses: { 200: json(MadeBlockBody), ...errors(400, 401, 403, 409, 413, 503) },
});

const unblockRoute = route({
  method: "delete",
  path: "/events/{id}/holds/blocks/{user_id}",
  operationId: "unblockBuyer",
  tags: ["Internal"],
  summary: "Let a user reserve tickets of an event again",
  description: "Idempotent.",
  request: { params: BuyerParams },
  responses: { 200: json(UnblockedBody), ...errors(400, 401, 403) },
});

/** Routes about unpaid holds for the event service, which decides what an organiser may see and do. */
export function internalUnpaidHoldRoutes(
  deps: BlockDeps & UnpaidHoldDeps & { internalApiKeys: Secrets },
) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(viewRoute, async (c) => {
      const view = await viewUnpaidHolds(deps, { eventId: c.req.valid("param").id });
      return c.json(toUnpaidHolds(view), 200);
    })
    .openapi(blockRoute, async (c) => {
      const { id: eventId, user_id: userId } = c.req.valid("param");
      const forMs = toMs(c.req.valid("json"));
      return c.json(toMadeBlock(await blockBuyer(deps, { eventId, userId, forMs })), 200);
    })
    .openapi(unblockRoute, async (c) => {
      const { id: eventId, user_id: userId } = c.req.valid("param");
      return c.json({ was_blocked: await unblockBuyer(deps, { eventId, userId }) }, 200);
    });
}
