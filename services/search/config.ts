/** How the search service searches. */
export interface SearchConfig {
  engine: "embedded";
}

/** The search service has no variables of its own. */
export function searchSection(): SearchConfig {
  return { engine: "embedded" };
}
