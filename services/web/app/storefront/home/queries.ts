/** Posters of the home page. */
export const HOME_TRENDING = 5;
/** Rows of the home page. */
export const HOME_SOONEST = 10;
/** How often the counts of an open home page are asked for anew. */
export const HOME_REFRESH_MS = 30_000;
