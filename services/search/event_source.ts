import { z } from "@hono/zod-openapi";
import { internalKeyHeaders } from "@evently/shared/auth";
import type { Logger } from "@evently/shared/log";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";
import { SearchDocument } from "./schemas/document.ts";

/** All events that may be found, page by page. */
export interface EventSource {
  /**
   * The page after an event, or the first.
   *
   * @throws {Unavailable} the event service does not answer
   */
  page(after: string | undefined): Promise<SourcePage>;
}

/** A page, and the event to go on after where there are more. */
export interface SourcePage {
  documents: SearchDocument[];
  next: string | undefined;
}

const PAGE_LIMIT = 200;

/** `GET /internal/events` of the event service; documents are checked one by one. */
const EventsAnswer = z.object({
  events: z.array(z.unknown()).max(PAGE_LIMIT),
  next: z.string().nullish(),
});

/** The events of the event service. A document that is malformed is left out and logged: the rest must be found. */
export function eventSourceOver(
  binding: ServiceBinding,
  { internalKey, log }: { internalKey: string; log: Logger },
): EventSource {
  function parse(event: unknown): SearchDocument[] {
    const result = SearchDocument.safeParse(event);
    if (result.success) return [result.data];
    log.error("cannot index a document", { event, issues: result.error.issues });
    return [];
  }

  return {
    async page(after) {
      const url = new URL("/internal/events", BINDING_ORIGIN);
      url.searchParams.set("limit", String(PAGE_LIMIT));
      if (after !== undefined) url.searchParams.set("after", after);
      const request = new Request(url, { headers: internalKeyHeaders(internalKey) });
      const { events, next } = EventsAnswer.parse(await unwrap(binding.fetch(request)));
      return { documents: events.flatMap(parse), next: next ?? undefined };
    },
  };
}
