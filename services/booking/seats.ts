import type {
  AllocationLookup,
  CommitResponse,
  EventInternalApi,
  ExtendResponse,
  GrantedAllocationsPage,
  HoldRequest,
  HoldResponse,
  ReleaseResponse,
  SoldAllocations,
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
  /** How allocations are now; changes nothing. */
  lookUp(eventId: string, allocationIds: string[]): Promise<AllocationLookup>;
  /** The allocations that the event's ledger granted after entry `after` (-1: from the first); a page. */
  listGranted(eventId: string, after: number): Promise<GrantedAllocationsPage>;
  /** Sold allocations that must have a booking, a page after the `next` of another. */
  listSold(after: SoldAllocations["next"]): Promise<SoldAllocations>;
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
    lookUp: (id, allocation_ids) =>
      unwrap(seats.lookup.$post({ param: { id }, json: { allocation_ids } })),
    listGranted: (id, after) =>
      unwrap(seats.granted.$get({ param: { id }, query: { after: String(after) } })),
    listSold: (after) => unwrap(client.internal.allocations.sold.$get({ query: after ?? {} })),
    extend: (id, items) => unwrap(seats.extend.$post({ param: { id }, json: { items } })),
  };
}
