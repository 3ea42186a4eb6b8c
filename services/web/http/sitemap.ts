import type { components } from "@evently/shared/client/gateway";
import { languagePath, LANGUAGES } from "@evently/shared/languages";
import type { WebDeps } from "./deps.ts";
import { readApi } from "./read_api.ts";

type EventList = components["schemas"]["EventList"];
type Listed = Pick<EventList["events"][number], "event_id" | "updated_at">;

/** The most that a site map may have. */
const MAX_ADDRESSES = 50_000;
const PAGE_EVENTS = 100;
/** Pages of the list that are read, each with as many events as the API gives; one page's room is left for the fixed ones. */
const MAX_PAGES = Math.floor(MAX_ADDRESSES / LANGUAGES.length / PAGE_EVENTS) - 1;
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
  const pages = FIXED.flatMap((path) => inEachLanguage(origin, path));
  const ofEvents = events.flatMap(({ event_id, updated_at }) =>
    inEachLanguage(origin, `/events/${event_id}`, `<lastmod>${updated_at}</lastmod>`)
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ` +
    `xmlns:xhtml="http://www.w3.org/1999/xhtml">\n` +
    `${[...pages, ...ofEvents].join("\n")}\n</urlset>\n`;
}

/** A page's entry in each language, each of which names all of them. */
function inEachLanguage(origin: string, path: string, more = ""): string[] {
  const addresses = LANGUAGES.map((language) => origin + languagePath(language) + path);
  const alternates = LANGUAGES.map((language, i) =>
    `<xhtml:link rel="alternate" hreflang="${language}" href="${addresses[i]}"/>`
  ).join("");
  return addresses.map((address) => `<url><loc>${address}</loc>${more}${alternates}</url>`);
}
