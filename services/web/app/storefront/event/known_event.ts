import type { QueryClient } from "@tanstack/react-query";
import type { PublicEvent, SearchResult } from "../../api/events.ts";

/** What the head of the page shows, also before the event is loaded. */
export type EventHead =
  & Pick<
    PublicEvent,
    "event_id" | "name" | "event_type" | "start_datetime" | "end_datetime" | "venue_name"
  >
  & { venue_city: string; timezone?: string | undefined; image_url?: string | undefined };

/** An event as a list that was seen before has it. */
export function findKnownEvent(queryClient: QueryClient, eventId: string): EventHead | undefined {
  const lists = [
    ...queryClient.getQueriesData<{ results: SearchResult[] }>({ queryKey: ["search"] }),
    ...queryClient.getQueriesData<{ events: SearchResult[] }>({ queryKey: ["trending"] }),
  ];
  for (const [, list] of lists) {
    const events = list && ("results" in list ? list.results : list.events);
    const found = events?.find(({ event_id }) => event_id === eventId);
    if (found) return found;
  }
  return undefined;
}
