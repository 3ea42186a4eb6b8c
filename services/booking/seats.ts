import type {
  CommitResponse,
  EventInternalApi,
  ExtendResponse,
  HoldRequest,
  HoldResponse,
  ReleaseResponse,
} from "@evently/event";
import { internalKeyHeaders } from "@evently/shared/auth";
import {
  BINDING_ORIGIN,
  bindingFetch,
  type ServiceBinding,
  unwrap,
} from "@evently/shared/services";
import { hc } from "hono/client";

/** An allocation to hold. */
export type HoldItem = HoldRequest["items"][number];

/**
 * The seat inventory, which the event service keeps. Each operation takes a batch for one event, is
 * idempotent by allocation id, and answers per item, in order.
 */
export interface SeatInventory {
  hold(eventId: string, items: HoldItem[], options?: { revive?: boolean }): Promise<HoldResponse>;
  commit(eventId: string, allocationIds: string[]): Promise<CommitResponse>;
  release(eventId: string, allocationIds: string[]): Promise<ReleaseResponse>;
  extend(
    eventId: string,
    items: { allocation_id: string; expires_at: string }[],
  ): Promise<ExtendResponse>;
}

/** The seat inventory behind the event service's internal routes. */
export function seatInventoryOver(binding: ServiceBinding, internalKey: string): SeatInventory {
  const client = hc<EventInternalApi>(BINDING_ORIGIN, {
    fetch: bindingFetch(binding),
    headers: internalKeyHeaders(internalKey),
  });
  const seats = client.internal.events[":id"].seats;
  return {
    hold: (id, items, { revive = false } = {}) =>
      unwrap(seats.hold.$post({ param: { id }, json: { items, revive } })),
    commit: (id, allocation_ids) =>
      unwrap(seats.commit.$post({ param: { id }, json: { allocation_ids } })),
    release: (id, allocation_ids) =>
      unwrap(seats.release.$post({ param: { id }, json: { allocation_ids } })),
    extend: (id, items) => unwrap(seats.extend.$post({ param: { id }, json: { items } })),
  };
}
