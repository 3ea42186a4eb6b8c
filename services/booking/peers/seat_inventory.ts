import type {
  AllocationBatch,
  AllocationState,
  CloseWaitlistRequest,
  CloseWaitlistResult,
  CommitBatch,
  CommitBatchResult,
  ExtendItem,
  ExtendResult,
  HoldBatch,
  HoldBatchResult,
  HoldRequest,
  OpenWaitlistRequest,
  OpenWaitlistResult,
  ReleaseBatchResult,
  SeatOperations,
  SoldAllocation,
  SoldPage,
  WaitlistSupply,
} from "@evently/event";
import type { paths } from "@evently/shared/client/event";
import { Unavailable } from "@evently/shared/errors";
import {
  type SeatNews,
  type ServiceBinding,
  serviceClient,
  tellEach,
  unwrap,
} from "@evently/shared/services";
import {
  fromCloseWaitlistResponse,
  fromExtendResponse,
  fromHoldBatch,
  fromLookupResponse,
  fromOpenWaitlistResponse,
  fromOutcomes,
  fromReleaseBatch,
  fromSoldResponse,
  fromWaitlistSupplyResponse,
  toAllocationBatches,
  toCloseWaitlistBody,
  toCommitBatches,
  toExtendBody,
  toHoldBatches,
  toOpenWaitlistBody,
  toSoldQuery,
} from "./seat_inventory_wire.ts";

/**
 * The event service's seat inventory. Each operation is idempotent by allocation id; results are per item, in order.
 * Holds, sales and releases take a batch for each of several events, and are done for all of them or fail.
 */
export interface SeatInventory {
  hold(batches: readonly HoldBatch[], options?: HoldOptions): Promise<HoldBatchResult[]>;
  commit(batches: readonly CommitBatch[]): Promise<CommitBatchResult[]>;
  release(batches: readonly AllocationBatch[]): Promise<ReleaseBatchResult[]>;
  extend(eventId: string, items: readonly ExtendItem[]): Promise<ExtendResult>;
  /** The current states of allocations. */
  lookUp(eventId: string, allocationIds: string[]): Promise<AllocationState[]>;
  /** Sold allocations that must have a booking: the page after the `next` of another. */
  listSold(after: SoldAllocation | undefined): Promise<SoldPage>;
  /** Lets people wait for ticket types of an event, unless the public could buy what they want. */
  openWaitlist(request: OpenWaitlistRequest): Promise<OpenWaitlistResult>;
  /** Closes lists that nobody began to wait for since their generations were read. */
  closeWaitlist(request: CloseWaitlistRequest): Promise<CloseWaitlistResult>;
  /** What can be offered of events, at most `MAX_SUPPLY_EVENTS`; unknown ones are left out. */
  waitlistSupply(eventIds: readonly string[]): Promise<WaitlistSupply[]>;
}

/** How a hold takes seats; by default new ones that are on public sale. */
export type HoldOptions = Partial<Pick<HoldRequest, "revive" | "source">>;

/**
 * The event service's seat inventory: calls its operations directly if it runs in this process, else its internal
 * routes, and then tells this process how many seats each answer left.
 */
export function seatInventoryOver(
  binding: ServiceBinding,
  internalKey: string,
  seatNews: Pick<SeatNews, "tell">,
): SeatInventory {
  const client = serviceClient<paths>(binding, { internalKey, isIdempotent: true });
  const overHttp: SeatOperations = {
    async hold({ source, revive, batches }) {
      const body = { source, revive, batches: toHoldBatches(batches) };
      const answer = await unwrap(client.POST("/internal/seats/hold", { body }));
      return tellEach(seatNews, answer.batches.map(fromHoldBatch), {
        batches, // A hold for the waitlist may set other seats free.
        isSale: !revive && source === "public",
      });
    },
    async commit(batches) {
      const body = { batches: toCommitBatches(batches) };
      const answer = await unwrap(client.POST("/internal/seats/commit", { body }));
      return tellEach(seatNews, answer.batches.map(fromOutcomes), { batches, isSale: true });
    },
    async release(batches) {
      const body = { batches: toAllocationBatches(batches) };
      const answer = await unwrap(client.POST("/internal/seats/release", { body }));
      return tellEach(seatNews, answer.batches.map(fromReleaseBatch), { batches, isSale: false });
    },
    async openWaitlist({ eventId, wanted }) {
      const params = { path: { id: eventId } };
      const body = toOpenWaitlistBody(wanted);
      const result = fromOpenWaitlistResponse(
        await unwrap(client.POST("/internal/events/{id}/waitlist/open", { params, body })),
      );
      if (result.outcome === "opened") {
        tellEach(seatNews, [result], { batches: [{ eventId }], isSale: false });
      }
      return result;
    },
    async closeWaitlist({ eventId, types }) {
      const params = { path: { id: eventId } };
      const body = toCloseWaitlistBody(types);
      const result = fromCloseWaitlistResponse(
        await unwrap(client.POST("/internal/events/{id}/waitlist/close", { params, body })),
      );
      tellEach(seatNews, [result], { batches: [{ eventId }], isSale: false });
      return result;
    },
    async waitlistSupply(eventIds) {
      const body = { event_ids: [...eventIds] };
      return fromWaitlistSupplyResponse(
        await unwrap(client.POST("/internal/waitlist/supply", { body })),
      );
    },
  };
  /** Takes the shortest way; failures are the same on either. */
  async function operate<Result>(run: (seats: SeatOperations) => Promise<Result>): Promise<Result> {
    const direct = binding.operations?.() as SeatOperations | undefined;
    if (!direct) return await run(overHttp);
    try {
      return await run(direct);
    } catch (cause) {
      throw new Unavailable("Service temporarily unavailable", { cause });
    }
  }
  return {
    hold: (batches, { revive = false, source = "public" } = {}) =>
      operate((seats) => seats.hold({ batches, revive, source })),
    commit: (batches) => operate((seats) => seats.commit(batches)),
    release: (batches) => operate((seats) => seats.release(batches)),
    openWaitlist: (request) => operate((seats) => seats.openWaitlist(request)),
    closeWaitlist: (request) => operate((seats) => seats.closeWaitlist(request)),
    waitlistSupply: (eventIds) => operate((seats) => seats.waitlistSupply(eventIds)),
    async lookUp(id, allocationIds) {
      const body = { allocation_ids: allocationIds };
      return fromLookupResponse(
        await unwrap(
          client.POST("/internal/events/{id}/seats/lookup", { params: { path: { id } }, body }),
        ),
      );
    },
    async listSold(after) {
      const query = toSoldQuery(after);
      return fromSoldResponse(
        await unwrap(client.GET("/internal/allocations/sold", { params: { query } })),
      );
    },
    async extend(id, items) {
      const body = toExtendBody(items);
      return fromExtendResponse(
        await unwrap(
          client.POST("/internal/events/{id}/seats/extend", { params: { path: { id } }, body }),
        ),
      );
    },
  };
}
