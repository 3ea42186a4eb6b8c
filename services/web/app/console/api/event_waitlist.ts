import type { components } from "@evently/shared/client/gateway";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { type EventScope, liveKey } from "./event.ts";

export type ManagedWaitlist = components["schemas"]["ManagedWaitlist"];
export type WaitlistEntry = ManagedWaitlist["entries"][number];

/** Entries of one page; what the API gives at once. */
export const PAGE_SIZE = 100;
const POLL_MS = 5_000;

/** A page of those who wait for an event, by place in line. */
export function eventWaitlistQuery(
  api: Api,
  { page, ...scope }: EventScope & { page: number },
) {
  return queryOptions({
    queryKey: [...liveKey(scope), "waitlist", page],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/events/{id}/waitlist", {
        params: { path: { id: scope.eventId }, query: { page, limit: PAGE_SIZE } },
      })),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** Pauses the offers of an event, or lets them go on. */
export async function pauseOffers(
  api: Api,
  { eventId: id, isPaused }: { eventId: string; isPaused: boolean },
): Promise<void> {
  const params = { params: { path: { id } } };
  await unwrap(
    isPaused
      ? api.POST("/api/event/admin/events/{id}/waitlist/pause", params)
      : api.POST("/api/event/admin/events/{id}/waitlist/resume", params),
  );
}
