import type { components } from "@evently/shared/client/gateway";
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapOrNull } from "../../api/client.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type ManagedEvent = components["schemas"]["ManagedEvent"];
export type ManagedTicketType = components["schemas"]["ManagedTicketType"];
export type EventAnalytics = components["schemas"]["EventAnalytics"];
export type EventSales = components["schemas"]["EventSales"];
export type EventCancellation = components["schemas"]["EventCancellation"];
export type CancellationPreview = components["schemas"]["CancellationPreview"];

/** An event, and the organiser who looks at it. */
export interface EventScope {
  adminId: string;
  eventId: string;
}

/** How often seats and sales are asked for where no news of them come. */
const POLL_MS = 10_000;
/** How often the refunds of a cancelled event are counted. */
const PROGRESS_MS = 2_000;

/** Begins the keys of what is read of one event. */
export function eventKey({ adminId, eventId }: EventScope) {
  return [CONSOLE_KEY, adminId, "event", eventId] as const;
}

/** Begins the keys of what each sale of an event changes. */
export function liveKey(scope: EventScope) {
  return [...eventKey(scope), "live"] as const;
}

/** An event in any status with its seats; `null` where there is none that this organiser may see. */
export function managedEventQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...liveKey(scope), "event"],
    queryFn: () => unwrapOrNull(api.GET("/api/event/admin/events/{id}", paramsOf(scope))),
    refetchInterval: POLL_MS,
  });
}

/** The ticket types of an event, with what is sold, held and left of each. */
export function managedTypesQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...liveKey(scope), "types"],
    queryFn: () => unwrap(api.GET("/api/event/admin/events/{id}/ticket-types", paramsOf(scope))),
    refetchInterval: POLL_MS,
  });
}

/** The money that an event took. */
export function analyticsQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...liveKey(scope), "analytics"],
    queryFn: () => unwrap(api.GET("/api/event/admin/events/{id}/analytics", paramsOf(scope))),
    refetchInterval: POLL_MS,
  });
}

/** What an event sold by minute, hour or day, up to now and as long before. */
export function eventSalesQuery(
  api: Api,
  { step, ...scope }: EventScope & { step: EventSales["step"] },
) {
  return queryOptions({
    queryKey: [...liveKey(scope), "sales", step],
    queryFn: () =>
      unwrap(api.GET("/api/event/admin/events/{id}/sales", {
        params: { path: { id: scope.eventId }, query: { step } },
      })),
    refetchInterval: POLL_MS,
  });
}

/** How far the bookings of a cancelled event are cancelled and refunded, asked until it is done. */
export function cancellationQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...eventKey(scope), "cancellation"],
    queryFn: () => unwrap(api.GET("/api/event/admin/events/{id}/cancellation", paramsOf(scope))),
    refetchInterval: ({ state }) => state.data?.done_at === undefined && PROGRESS_MS,
  });
}

/** What a cancellation would do now. */
export function previewCancellation(
  api: Api,
  { eventId: id }: Pick<EventScope, "eventId">,
): Promise<CancellationPreview> {
  const params = { params: { path: { id } } };
  return unwrap(api.GET("/api/event/admin/events/{id}/cancellation/preview", params));
}

/** Publishes an event, or makes it a draft again, if nobody changed it since it was read. */
export function setStatus(
  api: Api,
  { event_id: id, version }: Pick<ManagedEvent, "event_id" | "version">,
  { status }: { status: "published" | "draft" },
): Promise<ManagedEvent> {
  const body = { status, version };
  return unwrap(api.PUT("/api/event/admin/events/{id}", { params: { path: { id } }, body }));
}

/** Cancels an event for good, with all of its bookings. */
export async function cancelEvent(
  api: Api,
  { event_id: id, version }: Pick<ManagedEvent, "event_id" | "version">,
): Promise<void> {
  const params = { path: { id }, query: { version } };
  await unwrap(api.DELETE("/api/event/admin/events/{id}", { params }));
}

/** Makes a draft like an event. */
export function copyEvent(
  api: Api,
  { event_id: id }: Pick<ManagedEvent, "event_id">,
): Promise<ManagedEvent> {
  const params = { path: { id } };
  return unwrap(api.POST("/api/event/admin/events/{id}/duplicate", { params, body: {} }));
}

/** After a change of an event: what is shown of it is read anew. */
export function eventChanged(queryClient: QueryClient, scope: EventScope): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: eventKey(scope) });
}

function paramsOf({ eventId }: EventScope) {
  return { params: { path: { id: eventId } } };
}
