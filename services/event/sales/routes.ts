import { createRoutes, errors, json, route } from "@evently/shared/http";
import { type OrganiserVariables, readable } from "../organisations/organiser.ts";
import { EventIdParams } from "../events/fields.ts";
import {
  AllSalesResponse,
  EventSalesResponse,
  SalesQuery,
  toAllSales,
  toEventSales,
  toWantedSales,
} from "./sales_wire.ts";
import { viewAnalytics } from "./view_analytics.ts";
import { type SalesDeps, viewAllSales, viewEventSales } from "./view_sales.ts";
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

const eventSalesRoute = route({
  method: "get",
  path: "/admin/events/{id}/sales",
  operationId: "getEventSales",
  tags: ["Event management"],
  summary: "Get the sales of an event over time",
  security: [{ adminToken: [] }],
  description:
    "What was confirmed in each step, and the refunds promised in it, beside as many steps before. Days are those of the " +
    "event's time zone unless `timezone` names another. Without `from` and `to`: the last 60 minutes, 24 hours or 28 " +
    "days; at most 400 steps.",
  request: { params: EventIdParams, query: SalesQuery },
  responses: { 200: json(EventSalesResponse), ...errors(400, 401, 404, 503) },
});

const allSalesRoute = route({
  method: "get",
  path: "/admin/sales",
  operationId: "getSales",
  tags: ["Event management"],
  summary: "Get the sales of all your events over time",
  security: [{ adminToken: [] }],
  description:
    "As the sales of an event. Days are those of the time zone of your latest event unless `timezone` names another. Of " +
    "more than 5,000 events the latest count. Super admins and analysts see the sales of all organisers.",
  request: { query: SalesQuery },
  responses: { 200: json(AllSalesResponse), ...errors(400, 401, 503) },
});

/** Routes of an event's sales, for its organiser, analysts and super admins. */
export function salesRoutes(deps: Parameters<typeof viewAnalytics>[0] & SalesDeps) {
  return createRoutes<OrganiserVariables>()
    .openapi(analyticsRoute, async (c) => {
      const analytics = await viewAnalytics(deps, {
        eventId: c.req.valid("param").id,
        organisations: readable(c.get("admin")),
      });
      return c.json(toAnalyticsResponse(analytics), 200);
    })
    .openapi(eventSalesRoute, async (c) => {
      const scope = { admin: c.get("admin"), eventId: c.req.valid("param").id };
      const wanted = toWantedSales(c.req.valid("query"));
      return c.json(toEventSales(await viewEventSales(deps, { ...scope, ...wanted })), 200);
    })
    .openapi(allSalesRoute, async (c) => {
      const wanted = toWantedSales(c.req.valid("query"));
      const sales = await viewAllSales(deps, { admin: c.get("admin"), ...wanted });
      return c.json(toAllSales(sales), 200);
    });
}
