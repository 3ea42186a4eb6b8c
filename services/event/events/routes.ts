import {
  createRoutes,
  CsvExports,
  errors,
  json,
  jsonBody,
  jsonOrCsv,
  prefersCsv,
  readPages,
  route,
} from "@evently/shared/http";
import { type Organiser, type OrganiserVariables, readable } from "../organisations/organiser.ts";
import { withMemberships } from "../organisations/with_memberships.ts";
import { MessageResponse } from "../accounts/wire.ts";
import { cancelEvent } from "./cancel_event.ts";
import { createDraft } from "./create_draft.ts";
import { createEvent } from "./create_event.ts";
import { duplicateEvent } from "./duplicate_event.ts";
import { listManagedEvents, type ManagedEventFilter } from "./events_sql.ts";
import { EventIdParams } from "./fields.ts";
import { findRevenues } from "./find_revenues.ts";
import { findManagedEvent } from "./find_managed_event.ts";
import { readVersion, VERSION_BODY } from "./read_version.ts";
import { updateEvent, type UpdateEventDeps } from "./update_event.ts";
import {
  CancelEventQuery,
  CreateDraftRequest,
  CreateEventRequest,
  DuplicateEventRequest,
  EVENT_CSV,
  ManagedEventListResponse,
  ManagedEventResponse,
  ManagedEventsQuery,
  toDraftWishes,
  toEventColumns,
  toEventUpdate,
  toManagedEvent,
  toManagedEventFilter,
  toManagedEventList,
  UpdateEventRequest,
} from "./wire.ts";

const MANAGED = {
  tags: ["Event management"] as [string],
  security: [{ adminToken: [] }],
};

const createEventRoute = route({
  ...MANAGED,
  method: "post",
  path: "/admin/events",
  operationId: "createEvent",
  tags: ["Event management"],
  summary: "Create a draft event",
  description: "The event is not on sale until its status becomes `published`.",
  request: { body: jsonBody(CreateEventRequest) },
  responses: { 201: json(ManagedEventResponse), ...errors(400, 401, 403, 413, 503) },
});

const updateRoute = route({
  ...MANAGED,
  method: "put",
  path: "/admin/events/{id}",
  operationId: "updateEvent",
  tags: ["Event management"],
  summary: "Update, publish or withdraw an event",
  description:
    "Absent fields and values that are stored already are no change, so the answer of a GET can be sent back. " +
    "With `version`, the update applies only to that version.",
  request: { params: EventIdParams, body: jsonBody(UpdateEventRequest) },
  responses: { 200: json(ManagedEventResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const cancelRoute = route({
  ...MANAGED,
  method: "delete",
  path: "/admin/events/{id}",
  operationId: "cancelEvent",
  tags: ["Event management"],
  summary: "Cancel an event",
  description: "Cancels and refunds all of its bookings. A cancelled event is final.",
  request: { params: EventIdParams, query: CancelEventQuery, body: VERSION_BODY },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const listRoute = route({
  ...MANAGED,
  method: "get",
  path: "/admin/events",
  operationId: "listManagedEvents",
  tags: ["Event management"],
  summary: "List your events, newest first",
  description:
    "Super admins and analysts see the events of all organisers. `q` is looked for in names, regardless of case and " +
    "accents. `state` is `published` until the end, then `past`. `include=revenue` adds what was paid for each, unless " +
    "the bookings cannot be asked. `Accept: text/csv` answers all pages as a file.",
  request: { query: ManagedEventsQuery },
  responses: { 200: jsonOrCsv(ManagedEventListResponse), ...errors(400, 401, 503) },
});

const getRoute = route({
  ...MANAGED,
  method: "get",
  path: "/admin/events/{id}",
  operationId: "getManagedEvent",
  summary: "Get an event of yours",
  description: "In any status, with its seats by state.",
  request: { params: EventIdParams },
  responses: { 200: json(ManagedEventResponse), ...errors(400, 401, 404, 503) },
});

const draftRoute = route({
  ...MANAGED,
  method: "post",
  path: "/admin/events/drafts",
  operationId: "createDraft",
  summary: "Create a draft from a name",
  description:
    "What is left out has a default: the venue of your latest event or your latest venue, its capacity, an evening in 30 " +
    "days, no price. Change it with a PUT before you publish the event.",
  request: { body: jsonBody(CreateDraftRequest) },
  responses: { 201: json(ManagedEventResponse), ...errors(400, 401, 403, 413, 503) },
});

const duplicateRoute = route({
  ...MANAGED,
  method: "post",
  path: "/admin/events/{id}/duplicate",
  operationId: "duplicateEvent",
  summary: "Create a draft like another event",
  description:
    "With its texts, terms, pools and ticket types, without its sales and archived ticket types. Without a start, the copy " +
    "of an event that has begun starts at the same time of the same day in a coming week; sales windows move along.",
  request: { params: EventIdParams, body: jsonBody(DuplicateEventRequest) },
  responses: { 201: json(ManagedEventResponse), ...errors(400, 401, 403, 404, 413, 503) },
});

/** Files of events that a process sends at once. */
const MAX_EXPORTS = 4;
const EXPORTED_PAGE = 500;
/** More events than an organiser has. */
const MAX_EXPORTED_PAGES = 2_000;

/** Routes by which organisers manage events; the token and the role are checked before. */
export function managedEventRoutes(
  deps: UpdateEventDeps & Parameters<typeof findRevenues>[0],
) {
  const { sql, clock } = deps;
  const exports = new CsvExports({ max: MAX_EXPORTS });

  function eventPages({ admin, filter }: { admin: Organiser; filter: ManagedEventFilter }) {
    return readPages(async (after = "0") => {
      const offset = Number(after);
      const page = { now: clock.now(), offset, limit: EXPORTED_PAGE };
      const organisations = readable(await withMemberships(deps, admin));
      const { events } = await listManagedEvents(sql, { organisations, filter, ...page });
      return {
        rows: events.map((event) => toManagedEvent(event, page.now)),
        next: events.length < EXPORTED_PAGE ? undefined : String(offset + EXPORTED_PAGE),
      };
    }, { maxPages: MAX_EXPORTED_PAGES });
  }

  return createRoutes<OrganiserVariables>()
    .openapi(createEventRoute, async (c) => {
      const request = c.req.valid("json");
      const event = await createEvent(deps, {
        columns: toEventColumns(request),
        capacity: request.total_capacity,
        admin: c.get("admin"),
      });
      return c.json(toManagedEvent(event, clock.now()), 201);
    })
    .openapi(updateRoute, async (c) => {
      const { event } = await updateEvent(deps, {
        ...toEventUpdate(c.req.valid("json")),
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
      });
      return c.json(toManagedEvent(event, clock.now()), 200);
    })
    .openapi(cancelRoute, async (c) => {
      const version = readVersion(await c.req.text(), c.req.valid("query"));
      const eventId = c.req.valid("param").id;
      await cancelEvent(deps, { admin: c.get("admin"), eventId, version });
      return c.json({ message: "Event cancelled successfully" }, 200);
    })
    .openapi(draftRoute, async (c) => {
      const wished = toDraftWishes(c.req.valid("json"));
      const event = await createDraft(deps, { admin: c.get("admin"), wished });
      return c.json(toManagedEvent(event, clock.now()), 201);
    })
    .openapi(duplicateRoute, async (c) => {
      const { name, start_datetime } = c.req.valid("json");
      const event = await duplicateEvent(deps, {
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
        wished: {
          name,
          startsAt: start_datetime === undefined ? undefined : new Date(start_datetime),
        },
      });
      return c.json(toManagedEvent(event, clock.now()), 201);
    })
    .openapi(getRoute, async (c) => {
      const scope = { admin: c.get("admin"), eventId: c.req.valid("param").id };
      return c.json(toManagedEvent(await findManagedEvent(deps, scope), clock.now()), 200);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit, include, ...query } = c.req.valid("query");
      const admin = c.get("admin");
      const organisations = readable(admin);
      const filter = toManagedEventFilter(query);
      if (prefersCsv(c)) {
        const pages = eventPages({ admin, filter });
        return await exports.answer(c, { name: "events", columns: EVENT_CSV, pages });
      }
      const now = clock.now();
      const offset = (page - 1) * limit;
      const found = await listManagedEvents(sql, { organisations, filter, now, offset, limit });
      const ids = found.events.map(({ eventId }) => eventId);
      const revenues = include ? await findRevenues(deps, ids) : undefined;
      c.header("Vary", "Accept", { append: true });
      return c.json(toManagedEventList(found, { page, limit, now, revenues }), 200);
    });
}
