import type { OrganiserVariables } from "../organisations/organiser.ts";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { EventIdParams } from "../events/fields.ts";
import { findManagedEvent } from "../events/find_managed_event.ts";
import { readVersion, VERSION_BODY } from "../events/read_version.ts";
import type { OfferDeps } from "../pools/change_offer.ts";
import { createTicketType } from "./create_ticket_type.ts";
import { deleteTicketType } from "./delete_ticket_type.ts";
import { updateTicketType } from "./update_ticket_type.ts";
import { viewTicketTypes } from "./view_ticket_types.ts";
import {
  CreateTicketTypeRequest,
  DeleteTicketTypeQuery,
  ManagedTicketTypeListResponse,
  ManagedTicketTypeResponse,
  RemovedTicketTypeResponse,
  TicketTypeParams,
  toManagedTicketType,
  toNewTicketType,
  toTicketTypeUpdate,
  UpdateTicketTypeRequest,
} from "./wire.ts";

const TYPES = { tags: ["Ticket types and pools"] as [string], security: [{ adminToken: [] }] };

const createTicketTypeRoute = route({
  ...TYPES,
  method: "post",
  path: "/admin/events/{id}/ticket-types",
  operationId: "createTicketType",
  summary: "Create a ticket type",
  description:
    "Every type draws on the house: one ticket takes as many of its seats as it `gives`. `capacity` gives the type a " +
    "pool of its own, counted in tickets; `pools` are shared ones, counted in seats. An event has at most 50 types, " +
    "archived ones included, and a type draws on at most 8 pools.",
  request: { params: EventIdParams, body: jsonBody(CreateTicketTypeRequest) },
  responses: {
    201: json(ManagedTicketTypeResponse),
    ...errors(400, 401, 403, 404, 409, 413, 503),
  },
});

const listTicketTypesRoute = route({
  ...TYPES,
  method: "get",
  path: "/admin/events/{id}/ticket-types",
  operationId: "listManagedTicketTypes",
  summary: "List the ticket types of an event by position",
  description:
    "Paused and archived types are included. The default type, whose id is the event's, has the event's `base_price`.",
  request: { params: EventIdParams },
  responses: { 200: json(ManagedTicketTypeListResponse), ...errors(400, 401, 404, 503) },
});

const updateTicketTypeRoute = route({
  ...TYPES,
  method: "put",
  path: "/admin/events/{id}/ticket-types/{ticket_type_id}",
  operationId: "updateTicketType",
  summary: "Update, move, pause or archive a ticket type",
  description:
    "Absent fields and values that are stored already are no change, so the answer of a GET can be sent back. With " +
    "`version`, the update applies only to that version. What is held or sold keeps its price and its seats. " +
    "`capacity` null takes the type's own pool away; `position` moves the type, and the others close ranks. The price " +
    "of the default type is the event's `base_price`.",
  request: { params: TicketTypeParams, body: jsonBody(UpdateTicketTypeRequest) },
  responses: {
    200: json(ManagedTicketTypeResponse),
    ...errors(400, 401, 403, 404, 409, 413, 503),
  },
});

const deleteTicketTypeRoute = route({
  ...TYPES,
  method: "delete",
  path: "/admin/events/{id}/ticket-types/{ticket_type_id}",
  operationId: "deleteTicketType",
  summary: "Archive or delete a ticket type",
  description:
    "A type that was ever held or sold is archived, as is the default type; any other is deleted. An archived type can " +
    "be made active again. The last type that is not archived cannot be deleted.",
  request: { params: TicketTypeParams, query: DeleteTicketTypeQuery, body: VERSION_BODY },
  responses: { 200: json(RemovedTicketTypeResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

/** Routes by which organisers manage the ticket types of an event; the token and the role are checked before. */
export function ticketTypeRoutes(deps: OfferDeps) {
  return createRoutes<OrganiserVariables>()
    .openapi(createTicketTypeRoute, async (c) => {
      const type = await createTicketType(deps, {
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
        wished: toNewTicketType(c.req.valid("json")),
      });
      return c.json(toManagedTicketType(type), 201);
    })
    .openapi(listTicketTypesRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const event = await findManagedEvent(deps, { admin: c.get("admin"), eventId });
      const types = await viewTicketTypes(deps, event);
      return c.json({ ticket_types: types.map(toManagedTicketType) }, 200);
    })
    .openapi(updateTicketTypeRoute, async (c) => {
      const { id: eventId, ticket_type_id: ticketTypeId } = c.req.valid("param");
      const type = await updateTicketType(deps, {
        ...toTicketTypeUpdate(c.req.valid("json")),
        admin: c.get("admin"),
        eventId,
        ticketTypeId,
      });
      return c.json(toManagedTicketType(type), 200);
    })
    .openapi(deleteTicketTypeRoute, async (c) => {
      const version = readVersion(await c.req.text(), c.req.valid("query"));
      const { id: eventId, ticket_type_id: ticketTypeId } = c.req.valid("param");
      const { isArchived: archived } = await deleteTicketType(deps, {
        admin: c.get("admin"),
        eventId,
        ticketTypeId,
        version,
      });
      const message = `Ticket type ${archived ? "archived" : "deleted"} successfully`;
      return c.json({ message, archived }, 200);
    });
}
