import type { QueryClient } from "@tanstack/react-query";

/** Structured data of the page at a path, for search engines; `undefined` where a page has none. */
export function jsonLdOf(
  _pathname: string,
  _data: { queryClient: QueryClient; origin: string },
): unknown {
  return undefined;
}
