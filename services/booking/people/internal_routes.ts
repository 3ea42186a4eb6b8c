import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, idParam, json, route } from "@evently/shared/http";
import type { Secrets } from "@evently/shared/secrets";
import { z } from "@hono/zod-openapi";
import { type ForgetDeps, forgetPerson } from "./forget_person.ts";
import { viewPerson, type ViewPersonDeps } from "./view_person.ts";

const PersonParams = z.object({ id: idParam("Invalid user ID format") });

const PersonResponse = z.object({
  open_tickets: z.int().openapi({
    description: "Paid or being paid, of events that have not ended",
  }),
  waitlists: z.array(z.object({
    event_id: z.guid(),
    quantity: z.int(),
    status: z.string(),
    joined_at: z.iso.datetime(),
    offered_at: z.iso.datetime().optional(),
  })),
}).openapi("Person");

const ForgottenResponse = z.object({
  ended: z.int(),
  remaining: z.int().openapi({ description: "To be tried again" }),
}).openapi("Forgotten");

const viewRoute = route({
  method: "get",
  path: "/users/{id}/person",
  operationId: "getPerson",
  tags: ["Internal"],
  summary: "Get what a user has open, and their waitlists",
  description: "For the user service: what stands in the way of closing an account, and exports.",
  request: { params: PersonParams },
  responses: { 200: json(PersonResponse), ...errors(400, 401, 403, 503) },
});

const forgetRoute = route({
  method: "post",
  path: "/users/{id}/forget",
  operationId: "forgetPerson",
  tags: ["Internal"],
  summary: "End all that a user has open",
  description:
    "Leaves waitlists, lets holds go and cancels what was paid, by the terms of its sale. Idempotent; call it again while " +
    "something remains.",
  request: { params: PersonParams },
  responses: { 200: json(ForgottenResponse), ...errors(400, 401, 403, 503) },
});

/** Routes for the user service, which closes accounts. */
export function internalPeopleRoutes(
  deps: ForgetDeps & ViewPersonDeps & { internalApiKeys: Secrets },
) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(viewRoute, async (c) => {
      const { openTickets, entries } = await viewPerson(deps, { userId: c.req.valid("param").id });
      const waitlists = entries.map((entry) => ({
        event_id: entry.eventId,
        quantity: entry.quantity,
        status: entry.status,
        joined_at: entry.joinedAt.toISOString(),
        ...(entry.offeredAt ? { offered_at: entry.offeredAt.toISOString() } : {}),
      }));
      return c.json({ open_tickets: openTickets, waitlists }, 200);
    })
    .openapi(forgetRoute, async (c) => {
      return c.json(await forgetPerson(deps, { userId: c.req.valid("param").id }), 200);
    });
}
