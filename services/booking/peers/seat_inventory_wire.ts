/** Maps the seat engine's types to and from the wire shapes of the event service's internal routes. */
import type {
  AllocationBatch,
  AllocationState,
  CloseWaitlistResult,
  CommitBatch,
  ExtendItem,
  ExtendResult,
  HoldBatch,
  HoldBatchResult,
  HoldResult,
  ListedType,
  OpenWaitlistResult,
  ReleaseBatchResult,
  SoldAllocation,
  SoldPage,
  WaitlistSupply,
  WaitlistWish,
} from "@evently/event";
import type { operations } from "@evently/shared/client/event";
import type { AnswerOf } from "@evently/shared/services";

type HoldBatchBody = AnswerOf<operations["holdSeats"]>["batches"][number];

export function toHoldBatches(batches: readonly HoldBatch[]) {
  return batches.map(({ eventId, items }) => ({
    event_id: eventId,
    items: items.map((item) => ({
      ...toExtendItem(item),
      quantity: item.quantity,
      ...(item.ticketTypeId === undefined ? {} : { ticket_type_id: item.ticketTypeId }),
      ...(item.buyerId === undefined ? {} : { buyer_id: item.buyerId }),
      ...(item.unitPriceMinor === undefined ? {} : { unit_price_minor: item.unitPriceMinor }),
      ...(item.order === undefined ? {} : { order: item.order }),
    })),
  }));
}

export function toCommitBatches(batches: readonly CommitBatch[]) {
  return batches.map(({ eventId, allocationIds, orders }) => ({
    event_id: eventId,
    allocation_ids: [...allocationIds],
    ...(orders ? { orders: [...orders] } : {}),
  }));
}

export function toAllocationBatches(batches: readonly AllocationBatch[]) {
  return batches.map(({ eventId, allocationIds, keep }) => ({
    event_id: eventId,
    allocation_ids: [...allocationIds],
    ...(keep ? { keep: [...keep] } : {}),
  }));
}

export function toOpenWaitlistBody(wanted: readonly WaitlistWish[]) {
  return {
    wanted: wanted.map(({ ticketTypeIds, minQuantity }) => ({
      ticket_type_ids: [...ticketTypeIds],
      min_quantity: minQuantity,
    })),
  };
}

export function toCloseWaitlistBody(types: readonly ListedType[]) {
  return {
    types: types.map(({ ticketTypeId, generation }) => ({
      ticket_type_id: ticketTypeId,
      generation,
    })),
  };
}

export function toExtendBody(items: readonly ExtendItem[]) {
  return { items: items.map(toExtendItem) };
}

export function toSoldQuery(after: SoldAllocation | undefined) {
  return after ? { after_event: after.eventId, after_allocation: after.allocationId } : {};
}

export function fromHoldBatch(
  { event, available_seats, set_aside, seq, results }: HoldBatchBody,
): HoldBatchResult {
  return {
    event: termsOf(event),
    availableSeats: available_seats,
    setAside: set_aside,
    seq,
    results: results.map(fromHoldResult),
  };
}

function fromHoldResult(result: HoldBatchBody["results"][number]): HoldResult {
  const { allocation_id: allocationId } = result;
  switch (result.outcome) {
    case "held":
      return { allocationId, outcome: "held" };
    case "refused": {
      const { reason, ticket_type_id: ticketTypeId } = result;
      return {
        allocationId,
        outcome: "refused",
        ...(reason ? { refusal: { reason, ticketTypeId } } : {}),
      };
    }
    case "existing": {
      const {
        outcome,
        quantity,
        gives,
        ticket_type_id,
        state,
        unit_price_minor: unitPriceMinor,
        expires_at,
      } = result;
      return {
        allocationId,
        outcome,
        quantity,
        gives,
        ...(ticket_type_id === undefined ? {} : { ticketTypeId: ticket_type_id }),
        state,
        unitPriceMinor,
        expiresAt: expires_at === null ? null : new Date(expires_at),
      };
    }
  }
}

/** The nulls are those of an unknown event. */
function termsOf(event: HoldBatchBody["event"]): HoldBatchResult["event"] {
  const { unit_price_minor, ticket_name, currency, max_tickets_per_booking, start_datetime } =
    event;
  if (
    unit_price_minor === null || ticket_name === null || currency === null ||
    max_tickets_per_booking === null ||
    start_datetime === null
  ) return undefined;
  return {
    isOnSale: event.on_sale,
    unitPriceMinor: unit_price_minor,
    ticketName: ticket_name,
    currency,
    maxTicketsPerBooking: max_tickets_per_booking,
    startsAt: new Date(start_datetime),
    refundPolicy: event.refund_policy,
    isWaitlistOpen: event.waitlist_open,
    ...(event.types ? { types: typesOf(event.types) } : {}),
  };
}

function typesOf(types: NonNullable<HoldBatchBody["event"]["types"]>) {
  return Object.fromEntries(
    Object.entries(types).map((
      [
        id,
        {
          unit_price_minor: unitPriceMinor,
          is_default: isDefault,
          min_per_order: minPerOrder,
          max_per_order: maxPerOrder,
          ...terms
        },
      ],
    ) => [id, { ...terms, unitPriceMinor, isDefault, minPerOrder, maxPerOrder }]),
  );
}

/** Maps the results of a commit and of a release. */
export function fromOutcomes<Outcome extends string>(
  { available_seats, seq, results }: {
    available_seats: number;
    seq: number;
    results: { allocation_id: string; outcome: Outcome }[];
  },
) {
  return { availableSeats: available_seats, seq, results: results.map(fromOutcome) };
}

export function fromReleaseBatch(
  batch: AnswerOf<operations["releaseSeats"]>["batches"][number],
): ReleaseBatchResult {
  return { ...fromOutcomes(batch), setAside: batch.set_aside };
}

export function fromOpenWaitlistResponse(
  answer: AnswerOf<operations["openWaitlist"]>,
): OpenWaitlistResult {
  if (answer.outcome !== "opened") return { outcome: answer.outcome };
  const { outcome, results, available_seats, set_aside: setAside, seq } = answer;
  return { outcome, results, availableSeats: available_seats, setAside, seq };
}

export function fromCloseWaitlistResponse(
  { closed, available_seats, set_aside: setAside, seq }: AnswerOf<operations["closeWaitlist"]>,
): CloseWaitlistResult {
  return { closed, availableSeats: available_seats, setAside, seq };
}

export function fromWaitlistSupplyResponse(
  { events }: AnswerOf<operations["readWaitlistSupply"]>,
): WaitlistSupply[] {
  return events.map(({ event_id, on_sale, start_datetime, set_aside, types, seq }) => ({
    eventId: event_id,
    isOnSale: on_sale,
    startsAt: new Date(start_datetime),
    setAside: set_aside,
    types: types.map(({ sales_start, sales_end, ...type }) => ({
      ticketTypeId: type.ticket_type_id,
      pools: type.pools,
      units: type.units,
      generation: type.generation,
      isOpen: type.open,
      status: type.status,
      ...(sales_start === undefined ? {} : { salesStart: new Date(sales_start) }),
      ...(sales_end === undefined ? {} : { salesEnd: new Date(sales_end) }),
      minPerOrder: type.min_per_order,
      largestOrder: type.largest_order,
    })),
    seq,
  }));
}

export function fromExtendResponse(
  { seq, results }: AnswerOf<operations["extendSeats"]>,
): ExtendResult {
  return { seq, results: results.map(fromOutcome) };
}

export function fromLookupResponse(
  { results }: AnswerOf<operations["lookUpAllocations"]>,
): AllocationState[] {
  return results.map(({ allocation_id, state, quantity }) => ({
    allocationId: allocation_id,
    state,
    quantity,
  }));
}

export function fromSoldResponse(
  { allocations, next }: AnswerOf<operations["listSoldAllocations"]>,
): SoldPage {
  return {
    allocations: allocations.map(({ event_id, allocation_id }) => ({
      eventId: event_id,
      allocationId: allocation_id,
    })),
    ...(next ? { next: { eventId: next.after_event, allocationId: next.after_allocation } } : {}),
  };
}

function fromOutcome<Outcome extends string>(
  { allocation_id, outcome }: { allocation_id: string; outcome: Outcome },
) {
  return { allocationId: allocation_id, outcome };
}

function toExtendItem({ allocationId, expiresAt }: ExtendItem) {
  return { allocation_id: allocationId, expires_at: expiresAt.toISOString() };
}
