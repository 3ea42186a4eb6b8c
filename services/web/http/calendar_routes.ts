import { DomainError } from "@evently/shared/errors";
import { createRoutes, originOf } from "@evently/shared/http";
import { calendarOf } from "./calendar.ts";
import type { WebDeps } from "./deps.ts";
import { readEvent } from "./read_api.ts";

/** An event may be moved or cancelled, so calendars that are subscribed to it ask again after so long. */
const CACHE = "public, max-age=300";

/** `/events/{id}/calendar.ics`: an entry for calendars; with `?of=sale`, of the moment at which its sale begins. */
export function calendarRoutes(deps: WebDeps) {
  const routes = createRoutes();
  routes.get("/events/:id/calendar.ics", async (c) => {
    const event = await readEvent(deps, c.req.param("id"), c.get("requestId"));
    const ofSale = c.req.query("of") === "sale";
    const calendar = calendarOf(event, { origin: originOf(deps, c), ofSale });
    if (!calendar) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", "text/calendar; charset=utf-8");
    c.header("Content-Disposition", `attachment; filename="${ofSale ? "sale" : "event"}.ics"`);
    c.header("Cache-Control", CACHE);
    return c.body(calendar);
  });
  return routes;
}
