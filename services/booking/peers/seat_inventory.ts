import type {
  AllocationBatch,
  AllocationLookup,
  CommitResponse,
  EventInternalApi,
  ExtendResponse,
  HoldBatch,
  HoldResponse,
  ReleaseResponse,
  SeatOperations,
  SoldAllocations,
} from "@evently/event";
import { internalKeyHeaders } from "@evently/shared/auth";
import { Unavailable } from "@evently/shared/errors";
import {
  BINDING_ORIGIN,
  bindingFetch,
  type SeatNews,
  type SeatsSeen,
  type ServiceBinding,
  unwrap,
} from "@evently/shared/services";
import { hc } from "hono/client";

/** An allocation to hold. */
export type HoldItem = HoldBatch["items"][number];

/**
 * The seat inventory, which the event service keeps. Each operation is idempotent by allocation id, and answers per
 * item, in order. Holds, sales and releases take a batch for each of several events, and do all of them or fail.
 */
export interface SeatInventory {
  hold(batches: HoldBatch[], options?: { revive?: boolean }): Promise<HoldResponse[]>;
  commit(batches: AllocationBatch[]): Promise<CommitResponse[]>;
  release(batches: AllocationBatch[]): Promise<ReleaseResponse[]>;
  extend(
    eventId: string,
    items: { allocation_id: string; expires_at: string }[],
  ): Promise<ExtendResponse>;
  /** How allocations are now; changes nothing. */
  lookUp(eventId: string, allocationIds: string[]): Promise<AllocationLookup>;
  /** Sold allocations that must have a booking, a page after the `next` of another. */
  listSold(after: SoldAllocations["next"]): Promise<SoldAllocations>;
}

/**
 * The seat inventory of the event service: in this process its own operations, else behind its internal routes, whose
 * answers are told as news of the seats.
 */
export function seatInventoryOver(
  binding: ServiceBinding,
  internalKey: string,
  seatNews: Pick<SeatNews, "tell">,
): SeatInventory {
  const client = hc<EventInternalApi>(BINDING_ORIGIN, {
    fetch: bindingFetch(binding),
    headers: internalKeyHeaders(internalKey),
  });
  const { seats } = client.internal;
  const ofEvent = client.internal.events[":id"].seats;
  const overHttp: SeatOperations = {
    hold: async (request) =>
      told(request.batches, (await unwrap(seats.hold.$post({ json: request }))).batches),
    commit: async (batches) =>
      told(batches, (await unwrap(seats.commit.$post({ json: { batches } }))).batches),
    release: async (batches) =>
      told(batches, (await unwrap(seats.release.$post({ json: { batches } }))).batches),
  };
  function told<Answer extends SeatsSeen>(
    events: readonly { event_id: string }[],
    answers: Answer[],
  ): Answer[] {
    events.forEach(({ event_id }, i) => seatNews.tell(event_id, answers[i]!));
    return answers;
  }
  /** Does it in the shortest way; fails in the same way on either. */
  async function operate<Answer>(run: (seats: SeatOperations) => Promise<Answer>): Promise<Answer> {
    const direct = binding.operations?.() as SeatOperations | undefined;
    if (!direct) return await run(overHttp);
    try {
      return await run(direct);
    } catch (cause) {
      throw new Unavailable("Service temporarily unavailable", { cause });
    }
  }
  return {
    hold: (batches, { revive = false } = {}) =>
      operate((seats) => seats.hold({ batches, revive, source: "public" })),
    commit: (batches) => operate((seats) => seats.commit(batches)),
    release: (batches) => operate((seats) => seats.release(batches)),
    lookUp: (id, allocationIds) =>
      unwrap(ofEvent.lookup.$post({ param: { id }, json: { allocation_ids: allocationIds } })),
    listSold: (after) => unwrap(client.internal.allocations.sold.$get({ query: after ?? {} })),
    extend: (id, items) => unwrap(ofEvent.extend.$post({ param: { id }, json: { items } })),
  };
}
