import type { components, paths } from "@evently/shared/client/gateway";
import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type ManagedEvent = components["schemas"]["ManagedEvent"];
export type EventUpdate = components["schemas"]["UpdateEventRequest"];

type ListQuery = NonNullable<paths["/api/event/admin/events"]["get"]["parameters"]["query"]>;

/** Which events a list shows. */
export type EventFilter = {
  [Key in "q" | "state" | "sort" | "page" | "limit" | "include"]?: ListQuery[Key] | undefined;
};

/** A page of a list of events. */
export interface EventList {
  events: ManagedEvent[];
  total: number;
  has_more: boolean;
}

const EVENTS_PATH = "/api/event/admin/events";

/** Events of the organiser, a page of them. */
export function managedEventsQuery(api: Api, adminId: string, filter: EventFilter) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "events", filter],
    queryFn: () => unwrapList(api, filter),
    placeholderData: keepPreviousData,
  });
}

async function unwrapList(api: Api, filter: EventFilter): Promise<EventList> {
  const known = Object.entries(filter).filter(([, value]) => value !== undefined);
  const query = Object.fromEntries(known) as ListQuery;
  // The route also answers files, which are asked for elsewhere.
  return await unwrap(api.GET(EVENTS_PATH, { params: { query } })) as EventList;
}

/** An event of the organiser, in any state, as it is when somebody begins to edit it. */
export function eventToEditQuery(api: Api, adminId: string, eventId: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, adminId, "event", eventId, "edit"],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/events/{id}", { params: { path: { id: eventId } } })),
  });
}

/** Makes a draft of no more than a name, at a venue if one is chosen. */
export function makeDraft(
  api: Api,
  body: components["schemas"]["CreateDraftRequest"],
): Promise<ManagedEvent> {
  return unwrap(api.POST("/api/event/admin/events/drafts", { body }));
}

/**
 * Changes an event.
 *
 * @throws {ApiError} `STALE_VERSION`: it was changed since; `CAPACITY_BELOW_SOLD`; a field breaks a rule
 */
export function saveEvent(
  api: Api,
  eventId: string,
  body: EventUpdate,
): Promise<ManagedEvent> {
  return unwrap(
    api.PUT("/api/event/admin/events/{id}", { params: { path: { id: eventId } }, body }),
  );
}

/** After a change of an event, everything that shows events is asked anew. */
export async function eventsChanged(queryClient: QueryClient): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === CONSOLE_KEY,
  });
}

/** The address of the file with all events that a filter finds. */
export function eventsFilePath({ q, state, sort }: EventFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ q, state, sort })) {
    if (value) search.set(name, value);
  }
  return `${EVENTS_PATH}?${search}`;
}
