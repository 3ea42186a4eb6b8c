import type { OrganiserVariables } from "../organisations/organiser.ts";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { MessageResponse } from "../accounts/wire.ts";
import { createVenue } from "./create_venue.ts";
import { deleteVenue } from "./delete_venue.ts";
import { updateVenue, type UpdateVenueDeps } from "./update_venue.ts";
import { listVenueRows } from "./venues_sql.ts";
import {
  CreateVenueRequest,
  toVenueColumns,
  toVenueResponse,
  toVenueUpdate,
  UpdateVenueRequest,
  VenueIdParams,
  VenueListQuery,
  VenueListResponse,
  VenueResponse,
} from "./wire.ts";

const VENUES = { tags: ["Venues"] as [string], security: [{ adminToken: [] }] };

const createVenueRoute = route({
  ...VENUES,
  method: "post",
  path: "/admin/venues",
  operationId: "createVenue",
  tags: ["Venues"],
  summary: "Create a venue",
  description: "Its creator owns it; every organiser may use it.",
  request: { body: jsonBody(CreateVenueRequest) },
  responses: { 201: json(VenueResponse), ...errors(400, 401, 403, 413, 503) },
});

const listRoute = route({
  ...VENUES,
  method: "get",
  path: "/admin/venues",
  operationId: "listVenues",
  tags: ["Venues"],
  summary: "List venues by name",
  description: "Filters ignore case and accents.",
  request: { query: VenueListQuery },
  responses: { 200: json(VenueListResponse), ...errors(400, 401, 503) },
});

const updateRoute = route({
  ...VENUES,
  method: "put",
  path: "/admin/venues/{id}",
  operationId: "updateVenue",
  tags: ["Venues"],
  summary: "Update a venue",
  description:
    "Organisers may change their own venues, super admins any. Absent fields and values that are stored already are no " +
    "change, so the answer of a GET can be sent back.",
  request: { params: VenueIdParams, body: jsonBody(UpdateVenueRequest) },
  responses: { 200: json(VenueResponse), ...errors(400, 401, 403, 404, 413, 503) },
});

const deleteRoute = route({
  ...VENUES,
  method: "delete",
  path: "/admin/venues/{id}",
  operationId: "deleteVenue",
  tags: ["Venues"],
  summary: "Delete a venue",
  description: "Only a venue without events can be deleted, by its owner or a super admin.",
  request: { params: VenueIdParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

/** Routes of venues, for admins; the token and the role are checked before. */
export function venueRoutes(deps: UpdateVenueDeps) {
  return createRoutes<OrganiserVariables>()
    .openapi(createVenueRoute, async (c) => {
      const columns = toVenueColumns(c.req.valid("json"));
      const venue = await createVenue(deps, { admin: c.get("admin"), columns });
      return c.json(toVenueResponse(venue), 201);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit, ...filter } = c.req.valid("query");
      const offset = (page - 1) * limit;
      const { venues, total } = await listVenueRows(deps.sql, { filter, offset, limit });
      const hasMore = page * limit < total;
      return c.json(
        { venues: venues.map(toVenueResponse), total, page, limit, has_more: hasMore },
        200,
      );
    })
    .openapi(updateRoute, async (c) => {
      const venue = await updateVenue(deps, {
        admin: c.get("admin"),
        venueId: c.req.valid("param").id,
        requested: toVenueUpdate(c.req.valid("json")),
      });
      return c.json(toVenueResponse(venue), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteVenue(deps, { admin: c.get("admin"), venueId: c.req.valid("param").id });
      return c.json({ message: "Venue deleted successfully" }, 200);
    });
}
