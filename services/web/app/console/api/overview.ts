import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Overview = components["schemas"]["Overview"];
/** An event that may need its organiser. */
export type Task = Overview["needs_you"][number];

/** How old an overview may be. */
const REFRESH_MS = 30_000;

/** How the organiser's events stand, asked again while the page is open. */
export function consoleOverviewQuery(api: Api, adminId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "overview"],
    queryFn: () => unwrap(api.GET("/api/event/admin/overview")),
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS / 2,
  });
}
