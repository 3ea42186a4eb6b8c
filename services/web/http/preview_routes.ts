import type { components } from "@evently/shared/client/gateway";
import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import { coverPath } from "../app/parts/cover_path.ts";
import type { WebDeps } from "./deps.ts";
import { createPreviews, type Previews } from "./previews.ts";

const FILE = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.png$/i;
/** Longest wait for the event. */
const EVENT_TIMEOUT_MS = 2_000;
/** Of a picture. An event keeps its id and nearly always its kind, so a day is soon enough for a change. */
const CACHE = "public, max-age=86400";
/** Of the way to the cover, while pictures cannot be made. */
const REDIRECT_CACHE = "public, max-age=60";

type PublicEvent = components["schemas"]["PublicEvent"];

/** `/og/{id}.png`: pictures of link previews, which take no SVG. */
export function previewRoutes(deps: WebDeps, previews: Previews = createPreviews()) {
  const routes = createRoutes();
  routes.get("/og/:file", async (c) => {
    const [, id] = FILE.exec(c.req.param("file")) ?? [];
    if (id === undefined) throw new DomainError("NOT_FOUND");
    const event = await fetchEvent(deps, id.toLowerCase(), c.get("requestId"));
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

/** @throws {DomainError} `EVENT_NOT_FOUND` for what the public may not see, `UNAVAILABLE` without an answer */
async function fetchEvent(
  { fetchApi }: WebDeps,
  id: string,
  requestId: string,
): Promise<PublicEvent> {
  const request = new Request(`http://gateway.invalid/api/event/events/${id}`);
  const response = await within(EVENT_TIMEOUT_MS, fetchApi(request, { requestId }), () => {
    throw new DomainError("UNAVAILABLE", "The event service does not answer in time", {
      retryAfterS: 2,
    });
  });
  if (response.ok) return await response.json();
  await response.body?.cancel();
  if (response.status === 404) throw new DomainError("EVENT_NOT_FOUND", "public");
  throw new DomainError("UNAVAILABLE", "The event service cannot answer", { retryAfterS: 2 });
}
