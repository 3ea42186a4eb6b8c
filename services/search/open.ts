import type { OpenService, ServiceContext } from "@evently/shared/services";
import { createWorker } from "@evently/shared/worker";
import { createSearchApp } from "./app.ts";
import { bookingActivityOver } from "./peers/booking_activity.ts";
import { changeFeedOver } from "./peers/change_feed.ts";
import type { SearchConfig } from "./config.ts";
import { createEventInterest } from "./trending/event_interest.ts";
import { createEventViews } from "./trending/event_views.ts";
import { createIndexKeeper, type IndexKeeper } from "./feed/index_keeper.ts";
import { openEmbedded, openSearchIndex } from "./index/open.ts";
import type { SearchIndex } from "./index/search_index.ts";
import { readerOver } from "./discovery/reader.ts";
import { rememberingReader } from "./discovery/remembering_reader.ts";

/** How often the change feed is asked; what is sold shows in searches within a second. */
const CATCH_UP_INTERVAL_MS = 250;

/** The search service with its engines; their workers fill them, whenever the event service comes up. */
export async function openSearchService(
  config: SearchConfig,
  context: ServiceContext,
): Promise<OpenService> {
  const { bindings, clock, log, redis, internalApiKey: internalKey } = context;
  const feed = changeFeedOver(bindings.event, { internalKey, log });

  function keeperOf(index: SearchIndex): IndexKeeper {
    return createIndexKeeper({ index, feed, log, changed: () => reader.forgetAll() });
  }

  const primary = keeperOf(await openSearchIndex(config, { log }));
  const standby = config.engine === "elasticsearch" && config.fallback === "embedded"
    ? [keeperOf(await openEmbedded())]
    : [];
  const keepers = [primary, ...standby] as const;
  const reader = rememberingReader(readerOver(keepers, { clock, log }), { clock });

  const bookings = bookingActivityOver(bindings.booking, { internalKey, clock, log });
  const views = createEventViews({ redis, clock });
  return {
    app: createSearchApp({
      ...context,
      reader,
      keepers,
      interest: createEventInterest({ bookings, views, clock }),
    }),
    workers: keepers.map((keeper) =>
      createWorker({
        name: `search-catch-up-${keeper.index.engine}`,
        intervalMs: CATCH_UP_INTERVAL_MS,
        run: () => keeper.catchUp(),
        log,
      })
    ),
    close: async () => {
      await Promise.all(keepers.map(({ index }) => index.close()));
    },
  };
}
