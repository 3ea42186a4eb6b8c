import { createRoutes, errors, json, route } from "@evently/shared/http";
import type { Pool } from "@evently/shared/postgres";
import { type OrganiserVariables, readable } from "../../organisations/organiser.ts";
import { EventIdParams } from "../../events/fields.ts";
import { auditEvent } from "./audit_event.ts";
import { AuditResponse, toAuditResponse } from "./wire.ts";

const auditRoute = route({
  method: "get",
  path: "/admin/events/{id}/audit",
  operationId: "auditEvent",
  tags: ["Event management"],
  summary: "Audit the seats of an event",
  description:
    "Recomputes the seats from the ledger and the allocations, and checks the ledger’s hash chain.",
  security: [{ adminToken: [] }],
  request: { params: EventIdParams },
  responses: { 200: json(AuditResponse), ...errors(400, 401, 404, 503) },
});

/** The audit, for organisers, analysts and super admins. */
export function auditRoutes(deps: { sql: Pool }) {
  return createRoutes<OrganiserVariables>()
    .openapi(auditRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const report = await auditEvent(deps, { eventId, organisations: readable(c.get("admin")) });
      return c.json(toAuditResponse(report), 200);
    });
}
