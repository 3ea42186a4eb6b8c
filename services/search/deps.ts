import type { ServiceContext } from "@evently/shared/services";
import type { EventInterest } from "./trending/event_interest.ts";
import type { IndexKeeper } from "./feed/index_keeper.ts";
import type { SearchReader } from "./index/search_index.ts";

/** What the search service works with. */
export interface SearchDeps
  extends Pick<ServiceContext, "log" | "clock" | "corsOrigins" | "internalApiKey"> {
  /** Throws while Redis does not answer; for readiness. */
  pingRedis: ServiceContext["pingRedis"];
  /** What searches are answered from. */
  reader: SearchReader;
  /** The index that is meant to answer, and then the one that answers in its place, if any. */
  keepers: readonly [IndexKeeper, ...IndexKeeper[]];
  interest: EventInterest;
}
