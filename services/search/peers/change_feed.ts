import { z } from "@hono/zod-openapi";
import type { paths } from "@evently/shared/client/event";
import type { Logger } from "@evently/shared/log";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";
import { type SearchDocument, toDocument } from "../index/document.ts";
import type { EventChange } from "../index/search_index.ts";
import { changeNumber, EventDocument } from "./event_document.ts";

/** The event service's numbered changes: the last change of each event, in the order of their numbers. */
export interface ChangeFeed {
  /**
   * Reads the changes after a number; reading page by page from 0 yields all events.
   *
   * @throws {Unavailable} the event service does not answer
   */
  after(position: number): Promise<FeedPage>;
}

/** A page of the feed. */
export interface FeedPage {
  changes: EventChange[];
  /** Start of the next page. */
  position: number;
  more: boolean;
  /** Number of the last change of the feed; lower than the requested one if its database was restored. */
  last: number;
}

const PAGE_LIMIT = 500;

/** Response of `GET /internal/events/changes` of the event service; documents are validated one by one. */
const FeedResponse = z.object({
  changes: z.array(z.object({
    change: changeNumber("change"),
    event_id: z.guid(),
    event: z.unknown().optional(),
  })).max(PAGE_LIMIT),
  position: changeNumber("position"),
  more: z.boolean(),
  last: changeNumber("last"),
});

/** Creates a client of the event service's feed. A malformed document is logged and its event is not found. */
export function createChangeFeed(
  binding: ServiceBinding,
  { internalKey, log }: { internalKey: string; log: Logger },
): ChangeFeed {
  const client = serviceClient<paths>(binding, { internalKey });

  function parse(event: unknown): SearchDocument | undefined {
    if (event === undefined) return undefined;
    const result = EventDocument.safeParse(event);
    if (result.success) return toDocument(result.data);
    log.error("cannot index a document", { event, issues: result.error.issues });
    return undefined;
  }

  return {
    async after(position) {
      const query = { after: position, limit: PAGE_LIMIT };
      const page = FeedResponse.parse(
        await unwrap(client.GET("/internal/events/changes", { params: { query } })),
      );
      const changes = page.changes.map(({ change, event_id: eventId, event }) => {
        return { change, eventId, document: parse(event) };
      });
      return { ...page, changes };
    },
  };
}
