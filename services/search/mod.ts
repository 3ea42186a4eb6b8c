/** The search service: finds events by words, place, date, price and type. */
export { type SearchConfig, searchSection } from "./config.ts";
export type { SearchDeps } from "./deps.ts";
export { openSearchService } from "./open.ts";
