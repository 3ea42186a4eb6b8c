import { z } from "@hono/zod-openapi";
import { internalKeyHeaders } from "@evently/shared/auth";
import type { Logger } from "@evently/shared/log";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";
import type { EventChange } from "../index/search_index.ts";
import { changeNumber, SearchDocument } from "../index/document.ts";

/** The event service's numbered changes: of each event the last one, in the order of their numbers. */
export interface ChangeFeed {
  /**
   * The next changes after a number; after 0 they are, page by page, all events.
   *
   * @throws {Unavailable} the event service does not answer
   */
  after(position: number): Promise<FeedPage>;
}

/** A page of the feed. */
export interface FeedPage {
  changes: EventChange[];
  /** Where the next page begins. */
  position: number;
  more: boolean;
  /** The number of the last change of all; lower than what was asked for when the source was set back. */
  last: number;
}

const PAGE_LIMIT = 500;

/** `GET /internal/events/changes` of the event service; documents are checked one by one. */
const FeedAnswer = z.object({
  changes: z.array(z.object({
    change: changeNumber("change"),
    event_id: z.guid(),
    event: z.unknown().optional(),
  })).max(PAGE_LIMIT),
  position: changeNumber("position"),
  more: z.boolean(),
  last: changeNumber("last"),
});

/** The feed of the event service. A document that is malformed is not found, and logged: the rest must be. */
export function changeFeedOver(
  binding: ServiceBinding,
  { internalKey, log }: { internalKey: string; log: Logger },
): ChangeFeed {
  function parse(event: unknown): SearchDocument | undefined {
    if (event === undefined) return undefined;
    const result = SearchDocument.safeParse(event);
    if (!result.success) {
      log.error("cannot index a document", { event, issues: result.error.issues });
    }
    return result.data;
  }

  return {
    async after(position) {
      const url = new URL("/internal/events/changes", BINDING_ORIGIN);
      url.searchParams.set("after", String(position));
      url.searchParams.set("limit", String(PAGE_LIMIT));
      const request = new Request(url, { headers: internalKeyHeaders(internalKey) });
      const page = FeedAnswer.parse(await unwrap(binding.fetch(request)));
      const changes = page.changes.map(({ change, event_id, event }) => ({
        change,
        event_id,
        document: parse(event),
      }));
      return { ...page, changes };
    },
  };
}
