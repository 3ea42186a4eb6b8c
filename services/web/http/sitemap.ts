import type { components } from "@evently/shared/client/gateway";
import type { WebDeps } from "./deps.ts";
import { readApi } from "./read_api.ts";

type EventList = components["schemas"]["EventList"];
type Listed = Pick<EventList["events"][number], "event_id" | "updated_at">;

/** Pages of the list that are read, each with as many events as the API gives: 50,000 addresses are the most of a map. */
const MAX_PAGES = 499;
const PAGE_EVENTS = 100;
/** How long a map is used before the events are read anew. */
const MAX_AGE_MS = 10 * 60_000;

/** Pages that are there whatever the events. */
const FIXED = ["/", "/events", "/help/proof", "/help/refunds", "/help/accessibility"];

/** Makes the site map of the pages that everybody may see. Requests at the same time share one reading of the events. */
export function createSitemap(
  deps: WebDeps,
  clock: () => number = () => performance.now(),
): (origin: string, requestId: string) => Promise<string> {
  let read: { events: Promise<Listed[]>; atMs: number } | undefined;
  return async function sitemap(origin, requestId) {
    const nowMs = clock();
    if (!read || nowMs - read.atMs >= MAX_AGE_MS) {
      const reading = { events: readEvents(deps, requestId), atMs: nowMs };
      read = reading;
      // What failed is tried again with the next request.
      reading.events.catch(() => read === reading && (read = undefined));
    }
    return toXml(await read.events, origin);
  };
}

async function readEvents(deps: WebDeps, requestId: string): Promise<Listed[]> {
  const events: Listed[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/api/event/events?page=${page}&limit=${PAGE_EVENTS}`;
    const list = await readApi<EventList>(deps, path, requestId);
    events.push(
      ...(list?.events ?? []).map(({ event_id, updated_at }) => ({ event_id, updated_at })),
    );
    if (!list?.has_more) break;
  }
  return events;
}

function toXml(events: readonly Listed[], origin: string): string {
  const pages = FIXED.map((path) => `<url><loc>${origin}${path}</loc></url>`);
  const ofEvents = events.map(({ event_id, updated_at }) =>
    `<url><loc>${origin}/events/${event_id}</loc><lastmod>${updated_at}</lastmod></url>`
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n` +
    `${[...pages, ...ofEvents].join("\n")}\n</urlset>\n`;
}
