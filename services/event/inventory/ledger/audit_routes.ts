import { createRoute } from "@hono/zod-openapi";
import type { AdminVariables } from "@evently/shared/auth";
import { createRoutes, errors, json } from "@evently/shared/http";
import { readableOwner } from "../../accounts/admin_scope.ts";
import type { EventDeps } from "../../deps.ts";
import { AuditResponse } from "./wire.ts";
import { EventIdParams } from "../../events/params.ts";
import { auditEvent } from "./audit_event.ts";

const auditRoute = createRoute({
  tags: ["Event management"],
  security: [{ adminToken: [] }],
  method: "get",
  path: "/admin/events/{id}/audit",
  summary: "Recompute an event's seats from its ledger and its allocations, and check the ledger",
  request: { params: EventIdParams },
  responses: { 200: json(AuditResponse), ...errors(400, 401, 404, 503) },
});

/** What organisers, analysts and super admins may check; who may do it at all was decided before. */
export function auditRoutes(deps: Pick<EventDeps, "sql">) {
  return createRoutes<AdminVariables>()
    .openapi(auditRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      const report = await auditEvent(deps, { eventId, owner: readableOwner(c.get("admin")) });
      return c.json(report, 200);
    });
}
