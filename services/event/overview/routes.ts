import { z } from "@hono/zod-openapi";
import type { OrganiserVariables } from "../organisations/organiser.ts";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import { type Overview, viewOverview } from "./view_overview.ts";

const OverviewResponse = z.object({
  events: z.object({ draft: z.int(), published: z.int(), past: z.int(), cancelled: z.int() }),
  held_seats: z.int().openapi({ description: "Of published events that have not ended" }),
  waiting: z.object({ entries: z.int(), tickets: z.int() }).openapi({
    description: "For published events that have not begun",
  }),
  needs_you: z.array(z.object({
    kind: z.enum(["draft_starts_soon", "sold_out", "few_left", "people_wait"]),
    event_id: z.guid(),
    name: z.string(),
    start_datetime: z.iso.datetime(),
    available_seats: z.int(),
    total_capacity: z.int(),
    waiting: z.int(),
  })).openapi({ description: "At most 20 events, the soonest first" }),
  paused_webhooks: z.array(z.object({ webhook_id: z.guid(), url: z.string() })).openapi({
    description: "Of yours, that the platform paused as they failed",
  }),
}).openapi("Overview");

const overviewRoute = route({
  method: "get",
  path: "/admin/overview",
  operationId: "getOverview",
  tags: ["Event management"],
  summary: "Get how your events stand and what needs you",
  security: [{ adminToken: [] }],
  description:
    "Drafts that start within 14 days, and events to come with people waiting or at most 5 % of their seats left. Super " +
    "admins and analysts see the events of all organisers.",
  responses: { 200: json(OverviewResponse), ...errors(401, 503) },
});

/** The route of what organisers look at first. */
export function overviewRoutes(deps: Parameters<typeof viewOverview>[0]) {
  return createRoutes<OrganiserVariables>().openapi(
    overviewRoute,
    async (c) => c.json(toOverview(await viewOverview(deps, { admin: c.get("admin") })), 200),
  );
}

function toOverview(
  { counts: { heldSeats, ...events }, waiting, tasks, pausedWebhooks }: Overview,
): z.infer<typeof OverviewResponse> {
  return {
    events,
    held_seats: heldSeats,
    waiting,
    needs_you: tasks.map(({ kind, event, waiting }) => ({
      kind,
      event_id: event.eventId,
      name: event.name,
      start_datetime: event.startsAt.toISOString(),
      available_seats: Math.max(event.availableSeats, 0),
      total_capacity: event.capacity,
      waiting,
    })),
    paused_webhooks: pausedWebhooks.map(({ webhookId, url }) => ({ webhook_id: webhookId, url })),
  };
}
