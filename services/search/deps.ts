import type { ServiceContext } from "@evently/shared/services";
import type { IndexKeeper } from "./feed/index_keeper.ts";
import type { AnsweringReader, SearchSource } from "./discovery/sources.ts";
import type { EventInterest } from "./trending/event_interest.ts";

/** Dependencies of the search service. */
export interface SearchDeps
  extends Pick<ServiceContext, "log" | "clock" | "corsOrigins" | "internalApiKeys"> {
  /** Throws while Redis does not answer; for readiness. */
  pingRedis: ServiceContext["pingRedis"];
  /** Answers all searches. */
  reader: AnsweringReader;
  /** The indices in the order in which they are asked. */
  sources: readonly SearchSource[];
  /** The primary index, then its copy in the process, if there is one. */
  keepers: readonly [IndexKeeper, ...IndexKeeper[]];
  interest: EventInterest;
}
