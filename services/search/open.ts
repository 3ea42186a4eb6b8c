import type { OpenService, ServiceContext } from "@evently/shared/services";
import { createWorker } from "@evently/shared/worker";
import { createSearchApp } from "./app.ts";
import { bookingActivityOver } from "./booking_activity.ts";
import type { SearchConfig } from "./config.ts";
import { eventSourceOver } from "./event_source.ts";
import { createIndexFiller } from "./index_filler.ts";
import { openSearchIndex } from "./index/open.ts";

/** How soon a filling that failed is tried again, at first. */
const FILL_RETRY_MS = 1_000;

/** The search service with its engine; its worker fills the index, whenever the event service comes up. */
export async function openSearchService(
  config: SearchConfig,
  context: ServiceContext,
): Promise<OpenService> {
  const { bindings, clock, log, internal_api_key: internalKey } = context;
  const index = await openSearchIndex(config);
  const source = eventSourceOver(bindings.event, { internalKey, log });
  const filler = createIndexFiller({ index, source, clock, log });
  const activity = bookingActivityOver(bindings.booking, { internalKey, clock, log });
  return {
    app: createSearchApp({ ...context, index, filler, activity }),
    workers: [createWorker({
      name: "search-fill",
      interval_ms: FILL_RETRY_MS,
      run: () => filler.runIfDue(),
      log,
    })],
    close: () => Promise.resolve(),
  };
}
