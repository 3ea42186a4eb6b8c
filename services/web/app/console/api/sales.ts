import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Sales = components["schemas"]["Sales"];

/** Days that the overview looks back on; `all` is as many as the API counts by the day. */
export type Period = "7" | "28" | "all";

/** The most steps that the API answers. */
const MOST_DAYS = 400;
const DAY_MS = 24 * 3_600_000;
const REFRESH_MS = 60_000;

/** How many days a period has. */
export function daysOf(period: Period): number {
  return period === "all" ? MOST_DAYS : Number(period);
}

/** Sales of all the organiser's events by the day, beside the time before. */
export function salesQuery(api: Api, adminId: string, period: Period) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "sales", period],
    queryFn: () => {
      const firstMs = Date.now() - (daysOf(period) - 1) * DAY_MS;
      const from = new Date(firstMs).toISOString().slice(0, "2026-12-12".length);
      return unwrap(
        api.GET("/api/event/admin/sales", { params: { query: { step: "day", from } } }),
      );
    },
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS / 2,
  });
}
