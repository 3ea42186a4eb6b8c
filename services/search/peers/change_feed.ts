import { z } from "@hono/zod-openapi";
import type { paths } from "@evently/shared/client/event";
import {
  type FeedPosition,
  formatFeedPosition,
  parseFeedPosition,
} from "@evently/shared/feed_position";
import type { Logger } from "@evently/shared/log";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";
import { type SearchDocument, toDocument } from "../index/document.ts";
import type { EventChange } from "../index/search_index.ts";
import { changeNumber, EventDocument } from "./event_document.ts";

/** The event service's numbered changes: the last change of each event, in lanes. */
export interface ChangeFeed {
  /**
   * Reads the changes after a position; reading page by page from the start yields all events.
   *
   * @throws {Unavailable} the event service does not answer
   */
  after(position: FeedPosition): Promise<FeedPage>;
}

/** A page of the feed. */
export interface FeedPage {
  changes: EventChange[];
  /** Start of the next page. */
  position: FeedPosition;
  more: boolean;
  /** End of the feed; the requested position is past it if the feed's database was restored. */
  last: FeedPosition;
}

const PAGE_LIMIT = 500;

/** Response of `GET /internal/events/changes` of the event service; documents are validated one by one. */
const FeedResponse = z.object({
  changes: z.array(z.object({
    change: changeNumber("change"),
    event_id: z.guid(),
    event: z.unknown().optional(),
  })).max(PAGE_LIMIT),
  position: feedPosition("position"),
  more: z.boolean(),
  last: feedPosition("last"),
});

function feedPosition(field: string) {
  return z.string().transform((text, context) => {
    const position = parseFeedPosition(text);
    if (position) return position;
    context.addIssue({ code: "custom", message: `${field} must be a position of the feed` });
    return z.NEVER;
  });
}

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
      const query = { after: formatFeedPosition(position), limit: PAGE_LIMIT };
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
