import type { SearchFilters } from "../../api/events.ts";

/** Posters of the home page. */
export const HOME_TRENDING = 5;
/** Rows of the home page. */
export const HOME_SOONEST: SearchFilters = { sort: "date", limit: 10 };
