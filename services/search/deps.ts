import type { ServiceContext } from "@evently/shared/services";
import type { BookingActivity } from "./booking_activity.ts";
import type { IndexFiller } from "./index_filler.ts";
import type { SearchIndex } from "./index/search_index.ts";

/** What the search service works with. */
export interface SearchDeps
  extends Pick<ServiceContext, "log" | "clock" | "cors_origins" | "internal_api_key"> {
  /** Throws while Redis does not answer; for readiness. */
  pingRedis: ServiceContext["pingRedis"];
  index: SearchIndex;
  filler: IndexFiller;
  activity: BookingActivity;
}
