import type { ServiceContext } from "@evently/shared/services";
import type { IndexKeeper } from "./feed/index_keeper.ts";
import type { SearchReader } from "./index/search_index.ts";
import type { EventInterest } from "./trending/event_interest.ts";

/** Dependencies of the search service. */
export interface SearchDeps
  extends Pick<ServiceContext, "log" | "clock" | "corsOrigins" | "internalApiKey"> {
  /** Throws while Redis does not answer; for readiness. */
  pingRedis: ServiceContext["pingRedis"];
  /** Answers all searches. */
  reader: SearchReader;
  /** The primary index, then its fallback, if there is one. */
  keepers: readonly [IndexKeeper, ...IndexKeeper[]];
  interest: EventInterest;
}
