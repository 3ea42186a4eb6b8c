import type { OrganiserVariables } from "../organisations/organiser.ts";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { MessageResponse } from "../accounts/wire.ts";
import { EventIdParams } from "../events/fields.ts";
import type { UpdateEventDeps } from "../events/update_event.ts";
import { createPool } from "./create_pool.ts";
import { deletePool } from "./delete_pool.ts";
import { findPools } from "./find_pools.ts";
import { updatePool } from "./update_pool.ts";
import {
  CreatePoolRequest,
  PoolListResponse,
  PoolParams,
  PoolResponse,
  toPoolResponse,
  UpdatePoolRequest,
} from "./wire.ts";

const POOLS = { tags: ["Ticket types and pools"] as [string], security: [{ adminToken: [] }] };

const createPoolRoute = route({
  ...POOLS,
  method: "post",
  path: "/admin/events/{id}/pools",
  operationId: "createPool",
  summary: "Create a pool of seats",
  description:
    "A pool limits how many seats the ticket types that draw on it sell together. It is a part of the house, whose " +
    "capacity is the event's and on which every type draws. An event has at most 20 pools besides the house.",
  request: { params: EventIdParams, body: jsonBody(CreatePoolRequest) },
  responses: { 201: json(PoolResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const listPoolsRoute = route({
  ...POOLS,
  method: "get",
  path: "/admin/events/{id}/pools",
  operationId: "listPools",
  summary: "List the pools of an event, the house first",
  description:
    "The id of the house is the event's. Pools of ticket types with a capacity of their own are included.",
  request: { params: EventIdParams },
  responses: { 200: json(PoolListResponse), ...errors(400, 401, 404, 503) },
});

const updatePoolRoute = route({
  ...POOLS,
  method: "put",
  path: "/admin/events/{id}/pools/{pool_id}",
  operationId: "updatePool",
  summary: "Rename or resize a pool",
  description:
    "Absent fields and values that are stored already are no change. A capacity below the seats held and sold is " +
    "refused. The capacity of the house is the event's `total_capacity`, and its name cannot be changed.",
  request: { params: PoolParams, body: jsonBody(UpdatePoolRequest) },
  responses: { 200: json(PoolResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const deletePoolRoute = route({
  ...POOLS,
  method: "delete",
  path: "/admin/events/{id}/pools/{pool_id}",
  operationId: "deletePool",
  summary: "Delete a pool",
  description:
    "Refused while seats of it are held or sold or a ticket type draws on it; archived types cease to draw on it.",
  request: { params: PoolParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

/** Routes by which organisers manage the pools of an event; the token and the role are checked before. */
export function poolRoutes(deps: UpdateEventDeps) {
  return createRoutes<OrganiserVariables>()
    .openapi(createPoolRoute, async (c) => {
      const pool = await createPool(deps, {
        ...c.req.valid("json"),
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
      });
      return c.json(toPoolResponse(pool), 201);
    })
    .openapi(listPoolsRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const pools = await findPools(deps, { admin: c.get("admin"), eventId });
      return c.json({ pools: pools.map(toPoolResponse) }, 200);
    })
    .openapi(updatePoolRoute, async (c) => {
      const { id: eventId, pool_id: poolId } = c.req.valid("param");
      const requested = c.req.valid("json");
      const pool = await updatePool(deps, { admin: c.get("admin"), eventId, poolId, requested });
      return c.json(toPoolResponse(pool), 200);
    })
    .openapi(deletePoolRoute, async (c) => {
      const { id: eventId, pool_id: poolId } = c.req.valid("param");
      await deletePool(deps, { admin: c.get("admin"), eventId, poolId });
      return c.json({ message: "Pool deleted successfully" }, 200);
    });
}
