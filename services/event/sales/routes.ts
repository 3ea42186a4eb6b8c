import type { AdminVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import { readableOwner } from "../accounts/admin_scope.ts";
import { EventIdParams } from "../events/fields.ts";
import { viewAnalytics } from "./view_analytics.ts";
import { AnalyticsResponse, toAnalyticsResponse } from "./wire.ts";

const analyticsRoute = route({
  method: "get",
  path: "/admin/events/{id}/analytics",
  operationId: "getEventAnalytics",
  tags: ["Event management"],
  summary: "Get the sales of an event",
  security: [{ adminToken: [] }],
  description:
    "`gross` is the money paid; `refunded` is the part that is refunded, from the moment the refund is promised; " +
    "`net` and `estimated_revenue` are the difference. `tickets_sold` counts the seats that are sold now.",
  request: { params: EventIdParams },
  responses: { 200: json(AnalyticsResponse), ...errors(400, 401, 404, 503) },
});

/** Routes of an event's sales, for its organiser, analysts and super admins. */
export function salesRoutes(deps: Parameters<typeof viewAnalytics>[0]) {
  return createRoutes<AdminVariables>()
    .openapi(analyticsRoute, async (c) => {
      const analytics = await viewAnalytics(deps, {
        eventId: c.req.valid("param").id,
        owner: readableOwner(c.get("admin")),
      });
      return c.json(toAnalyticsResponse(analytics), 200);
    });
}
