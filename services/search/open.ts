import { lazyApp } from "@evently/shared/http";
import {
  createStoreObserver,
  type OpenService,
  type ServiceContext,
} from "@evently/shared/services";
import { createWorker } from "@evently/shared/worker";
import type { SearchConfig } from "./config.ts";
import type { SearchDeps } from "./deps.ts";
import { sourcesOf } from "./discovery/sources.ts";
import { createFailoverReader } from "./discovery/failover_reader.ts";
import { createIndexKeeper, type IndexKeeper } from "./feed/index_keeper.ts";
import { openEmbedded, openSearchIndex } from "./index/open.ts";
import type { EmbeddedSearchIndex } from "./index/embedded/embedded_index.ts";
import type { SearchIndex } from "./index/search_index.ts";
import { createBookingActivity } from "./peers/booking_activity.ts";
import { createChangeFeed } from "./peers/change_feed.ts";
import { createEventInterest } from "./trending/event_interest.ts";
import { createEventViews } from "./trending/event_views.ts";

/** Interval at which the change feed is read; sales show in searches within a second. */
const CATCH_UP_INTERVAL_MS = 250;

/** Opens the index in the process that answers before Elasticsearch or in its place. */
async function openCopy(config: SearchConfig): Promise<EmbeddedSearchIndex | undefined> {
  if (config.engine === "embedded") return undefined;
  const { fallback, maxEventsInProcess: maxEvents } = config;
  if (fallback === "embedded") return await openEmbedded();
  return maxEvents > 0 ? await openEmbedded({ maxEvents }) : undefined;
}

/** Opens the search service. Its workers fill the indices once the event service answers. */
export async function openSearchService(
  config: SearchConfig,
  context: ServiceContext,
): Promise<OpenService> {
  const { bindings, clock, log, redis, internalApiKey: internalKey } = context;
  const feed = createChangeFeed(bindings.event, { internalKey, log });

  function keeperOf(index: SearchIndex): IndexKeeper {
    return createIndexKeeper({ index, feed, clock, log });
  }

  const primary = keeperOf(await openSearchIndex(config, { log }));
  const opened = await openCopy(config);
  const copy = opened && { keeper: keeperOf(opened), size: () => opened.size };
  const keepers = copy ? [primary, copy.keeper] as const : [primary] as const;
  const sources = sourcesOf(config, { primary, copy });
  const reader = createFailoverReader(sources, { clock, log });
  const bookings = createBookingActivity(bindings.booking, { internalKey, clock, log });
  const views = createEventViews({ redis, clock });
  const interest = createEventInterest({ bookings, views, clock });
  const deps: SearchDeps = { ...context, reader, keepers, sources, interest };
  return {
    app: lazyApp(async () => (await import("./app.ts")).createSearchApp(deps)),
    workers: [
      ...keepers.map((keeper) =>
        createWorker({
          name: `search-catch-up-${keeper.index.engine}`,
          intervalMs: CATCH_UP_INTERVAL_MS,
          run: () => keeper.catchUp(),
          log,
        })
      ),
      createStoreObserver({
        service: "search",
        log,
        pings: { index: () => primary.index.check(), redis: context.pingRedis },
      }),
    ],
    close: async () => {
      await Promise.all(keepers.map(({ index }) => index.close()));
    },
  };
}
