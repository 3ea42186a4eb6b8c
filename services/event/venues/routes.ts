import { createRoute } from "@hono/zod-openapi";
import type { AdminVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import type { EventDeps } from "../deps.ts";
import { MessageResponse } from "../accounts/wire.ts";
import { VenueIdParams } from "../events/params.ts";
import {
  CreateVenueRequest,
  toVenueColumns,
  toVenueResponse,
  UpdateVenueRequest,
  VenueListQuery,
  VenueListResponse,
  VenueResponse,
} from "./wire.ts";
import { explainForeignKey } from "../events/foreign_keys.ts";
import { insertVenue, listVenueRows } from "./venues_sql.ts";
import { deleteVenue } from "./delete_venue.ts";
import { updateVenue } from "./update_venue.ts";

const VENUES = { tags: ["Venues"], security: [{ adminToken: [] }] };

const createVenueRoute = createRoute({
  ...VENUES,
  method: "post",
  path: "/admin/venues",
  summary: "Add a venue of one's own, for all organisers to use",
  request: { body: jsonBody(CreateVenueRequest) },
  responses: { 201: json(VenueResponse), ...errors(400, 401, 403, 413, 503) },
});

const listRoute = createRoute({
  ...VENUES,
  method: "get",
  path: "/admin/venues",
  summary: "List venues by name",
  request: { query: VenueListQuery },
  responses: { 200: json(VenueListResponse), ...errors(400, 401, 503) },
});

const updateRoute = createRoute({
  ...VENUES,
  method: "put",
  path: "/admin/venues/{id}",
  summary: "Change a venue of one's own (any, for a super admin)",
  description: "Values that are stored already are no change: what GET answered can be sent back.",
  request: { params: VenueIdParams, body: jsonBody(UpdateVenueRequest) },
  responses: { 200: json(VenueResponse), ...errors(400, 401, 403, 404, 413, 503) },
});

const deleteRoute = createRoute({
  ...VENUES,
  method: "delete",
  path: "/admin/venues/{id}",
  summary: "Delete a venue of one's own that has no events (any such, for a super admin)",
  request: { params: VenueIdParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

/** Every organiser may use every venue; its owner alone, or a super admin, changes it. */
export function venueRoutes(deps: EventDeps) {
  const { sql, clock } = deps;
  return createRoutes<AdminVariables>()
    .openapi(createVenueRoute, async (c) => {
      const venue = await insertVenue(sql, {
        venueId: newId(),
        columns: toVenueColumns(c.req.valid("json")),
        createdBy: c.get("admin").admin_id,
        now: clock.now(),
      }).catch(explainForeignKey);
      return c.json(toVenueResponse(venue), 201);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit, ...filter } = c.req.valid("query");
      const offset = (page - 1) * limit;
      const { venues, total } = await listVenueRows(sql, { filter, offset, limit });
      const hasMore = page * limit < total;
      return c.json(
        { venues: venues.map(toVenueResponse), total, page, limit, has_more: hasMore },
        200,
      );
    })
    .openapi(updateRoute, async (c) => {
      const { id: venueId } = c.req.valid("param");
      const venue = await updateVenue(deps, {
        admin: c.get("admin"),
        venueId,
        wishes: c.req.valid("json"),
      });
      return c.json(toVenueResponse(venue), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteVenue(deps, { admin: c.get("admin"), venueId: c.req.valid("param").id });
      return c.json({ message: "Venue deleted successfully" }, 200);
    });
}
