import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { coverPath } from "../app/parts/cover_path.ts";
import type { WebDeps } from "./deps.ts";
import { createPreviews, type Previews } from "./previews.ts";
import { readEvent } from "./read_api.ts";

const FILE = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.png$/i;
/** Of a picture. An event keeps its id and nearly always its kind, so a day is soon enough for a change. */
const CACHE = "public, max-age=86400";
/** Of the way to the cover, while pictures cannot be made. */
const REDIRECT_CACHE = "public, max-age=60";

/** `/og/{id}.png`: pictures of link previews, which take no SVG. */
export function previewRoutes(deps: WebDeps, previews: Previews = createPreviews()) {
  const routes = createRoutes();
  routes.get("/og/:file", async (c) => {
    const [, id] = FILE.exec(c.req.param("file")) ?? [];
    if (id === undefined) throw new DomainError("NOT_FOUND");
    const event = await readEvent(deps, id.toLowerCase(), c.get("requestId"));
    const png = await previews.pictureOf(event.event_type, event.event_id);
    if (!png) {
      c.header("Cache-Control", REDIRECT_CACHE);
      return c.redirect(coverPath(event.event_type, event.event_id));
    }
    c.header("Content-Type", "image/png");
    c.header("Cache-Control", CACHE);
    return c.body(png);
  });
  return routes;
}
