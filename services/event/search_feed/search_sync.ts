import { internalKeyHeaders } from "@evently/shared/auth";
import { Coalescer } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { Logger } from "@evently/shared/log";
import type { Sql } from "@evently/shared/postgres";
import { BINDING_ORIGIN, type ServiceBinding } from "@evently/shared/services";
import { within } from "@evently/shared/within";
import { type ChangedEvent, findChangesOf } from "./change_feed_sql.ts";
import { callNumberChange } from "./changed_events_sql.ts";
import { isSearchable, toSearchDocument } from "./wire.ts";

/** Tells the search service about changed events. Nothing else depends on its answer. */
export interface SearchSync {
  /**
   * Updates the event's search document. Never rejects: failures are logged. The time it takes is bounded, so callers
   * may await it or not.
   */
  eventChanged(eventId: string): Promise<void>;
}

/** How {@link searchSyncOver} reaches the search service. */
export interface SearchSyncOptions {
  binding: Pick<ServiceBinding, "fetch">;
  internalKey: string;
  sql: Sql;
  clock: Clock;
  log: Logger;
  /** How long an organiser waits for search; the update goes on after that. */
  maxWaitMs?: number;
}

/** Events read and sent at once. */
const MAX_BATCH = 32;
/** Queued changes; above it they are dropped, and search reads them from the change feed. */
const MAX_QUEUE = 2_000;
const MAX_WAIT_MS = 2_000;

/**
 * Numbers changed events and sends their current documents, one batch after another. Each batch is read when it is sent, so that
 * the last change of this process wins.
 */
export function searchSyncOver(options: SearchSyncOptions): SearchSync {
  const { log, maxWaitMs = MAX_WAIT_MS } = options;
  const changes = new Coalescer<string, void>({
    name: "tell search of events",
    maxBatch: MAX_BATCH,
    maxQueue: MAX_QUEUE,
    run: async (eventIds) => {
      const changed = [...new Set(eventIds)];
      for (const eventId of changed) await callNumberChange(options.sql, eventId);
      const events = await findChangesOf(options.sql, changed);
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
  { binding, internalKey, clock, log }: SearchSyncOptions,
  event: ChangedEvent,
): Promise<void> {
  try {
    const response = await binding.fetch(requestFor(event, { internalKey, now: clock.now() }));
    await response.body?.cancel();
    if (!response.ok) throw new Error(`search answered with status ${response.status}`);
  } catch (error) {
    log.warn("search was not told of a change", { event_id: event.eventId, error });
  }
}

function requestFor(
  event: ChangedEvent,
  { internalKey, now }: { internalKey: string; now: Date },
): Request {
  const url = `${BINDING_ORIGIN}/internal/search/events`;
  const headers = internalKeyHeaders(internalKey);
  if (!isSearchable(event)) {
    return new Request(`${url}/${event.eventId}?version=${event.version}&change=${event.change}`, {
      method: "DELETE",
      headers,
    });
  }
  return new Request(url, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ event: toSearchDocument(event, now), change: event.change }),
  });
}
