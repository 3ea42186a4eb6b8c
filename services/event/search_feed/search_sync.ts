import { internalKeyHeaders } from "@evently/shared/auth";
import { Coalescer } from "@evently/shared/batch";
import { Unavailable } from "@evently/shared/errors";
import type { Logger } from "@evently/shared/log";
import type { Sql } from "@evently/shared/postgres";
import { BINDING_ORIGIN, type ServiceBinding } from "@evently/shared/services";
import { within } from "@evently/shared/within";
import { isSearchable, toSearchDocument } from "./search_document.ts";
import { type ChangedEvent, findChangesOf } from "./change_feed_sql.ts";

/** Tells the search service what changed. A seam: search may be gone, and then nothing else breaks. */
export interface SearchSync {
  /**
   * Brings the event's search document up to date. Never rejects: a failure is logged, and the time
   * it takes is bounded, so it may be awaited, or not.
   */
  eventChanged(eventId: string): Promise<void>;
}

/** How the changes reach the search service. */
export interface SearchSyncOptions {
  binding: Pick<ServiceBinding, "fetch">;
  internalKey: string;
  sql: Sql;
  log: Logger;
  /** How long an organiser waits for search to know; it may know later. */
  maxWaitMs?: number;
}

/** Events that are read and sent at once. */
const MAX_BATCH = 32;
/** Changes that wait; past it they are dropped, and search hears of them by the change feed. */
const MAX_QUEUE = 2_000;
const MAX_WAIT_MS = 2_000;

/**
 * Sends the events' current documents. One batch after another, each read when it is sent, so that of
 * this process's changes the last one is what search keeps.
 */
export function searchSyncOver(options: SearchSyncOptions): SearchSync {
  const { log, maxWaitMs = MAX_WAIT_MS } = options;
  const changes = new Coalescer<string, void>({
    maxBatch: MAX_BATCH,
    maxQueue: MAX_QUEUE,
    run: async (eventIds) => {
      const events = await findChangesOf(options.sql, [...new Set(eventIds)]);
      await Promise.all(events.map((event) => send(options, event)));
      return eventIds.map(() => undefined);
    },
  });
  return {
    async eventChanged(eventId) {
      try {
        await within(maxWaitMs, changes.submit(eventId), () => {
          throw new Unavailable(`Search took more than ${maxWaitMs} ms to take a change`);
        });
      } catch (error) {
        log.warn("search was not told of a change", { event_id: eventId, error });
      }
    },
  };
}

async function send(
  { binding, internalKey, log }: SearchSyncOptions,
  event: ChangedEvent,
): Promise<void> {
  try {
    const response = await binding.fetch(requestFor(event, internalKey));
    await response.body?.cancel();
    if (!response.ok) throw new Error(`search answered with status ${response.status}`);
  } catch (error) {
    log.warn("search was not told of a change", { event_id: event.event_id, error });
  }
}

function requestFor(event: ChangedEvent, internalKey: string): Request {
  const url = `${BINDING_ORIGIN}/internal/search/events`;
  const headers = internalKeyHeaders(internalKey);
  if (!isSearchable(event)) {
    return new Request(`${url}/${event.event_id}?version=${event.version}&change=${event.change}`, {
      method: "DELETE",
      headers,
    });
  }
  return new Request(url, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ event: toSearchDocument(event), change: event.change }),
  });
}
