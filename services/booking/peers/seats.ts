import { KeyedCoalescer } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import type { SeatNews } from "@evently/shared/services";
import { within } from "@evently/shared/within";
import type { HoldBatchResult, HoldItem, HoldResult, HoldTerms } from "@evently/event";
import { DEFAULT_REFUND_POLICY, type SaleTerms } from "../orders/terms.ts";
import type { SeatInventory } from "./seat_inventory.ts";
import { SoldOutMemory } from "./sold_out_memory.ts";

/** Seats of one event to hold for one allocation, which has the id of its booking. */
export interface SeatHold {
  eventId: string;
  allocationId: string;
  quantity: number;
  expiresAt: Date;
}

/** An allocation of an event's seats. */
export type Allocation = Pick<SeatHold, "eventId" | "allocationId">;

/** Price and terms at the time of a hold. Holds of one batch share the object. */
export interface Sale {
  unitPriceMinor: number;
  currency: string;
  terms: SaleTerms;
}

/** An allocation that existed before; nothing was taken for it. */
export interface ExistingAllocation {
  outcome: "existing";
  state: "held" | "sold" | "released";
  quantity: number;
  /** `undefined` for seats that were taken without a hold. */
  expiresAt: Date | undefined;
  isOnSale: boolean;
  sale: Sale;
}

/** Why no seats were held. */
export type HoldRefusal =
  & { outcome: "refused" }
  & (
    | { reason: "not_on_sale" | "not_enough_seats" }
    | { reason: "too_many_tickets"; maxPerBooking: number }
  );

/** The result of a hold. */
export type HoldAnswer = { outcome: "held"; sale: Sale } | ExistingAllocation | HoldRefusal;

/**
 * Seats of events: every verb holds, sells and releases them here. Group commit: requests that arrive while a batch
 * is under way are sent together as the next batch. Each operation is idempotent by allocation id.
 */
export interface Seats extends Pick<SeatInventory, "release" | "lookUp" | "listSold"> {
  /** Holds seats. Refuses without asking while an event is known to be sold out. */
  hold(hold: SeatHold): Promise<HoldAnswer>;
  /** Holds seats that were released or have expired again; only for allocations without a booking, or paid ones. */
  holdAgain(hold: SeatHold): Promise<HoldAnswer>;
  /** Sells held seats; `false` if they are lost. */
  commit(allocation: Allocation): Promise<boolean>;
  /** Lets a hold end later; `false` if it has ended or its seats are sold. */
  extend(hold: Allocation & { expiresAt: Date }): Promise<boolean>;
  /**
   * Puts seats on sale before the buyer who gave them back is answered. Never fails: the outbox releases them as well.
   */
  releasePromptly(allocation: Allocation): Promise<void>;
}

/** The most items of one batch, and so of one transaction: a larger one leaves nothing to do while it runs. */
export const MAX_BATCH = 128;
/** The most holds or sales that wait for one event; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** The most prompt releases that wait for one event; above it they are left to the outbox. */
const MAX_RELEASE_QUEUE = 1_024;
/** Batches under way at once: while one waits for a locked event, the other proceeds. */
const MAX_IN_FLIGHT = 2;
const LIMITS = { maxBatch: MAX_BATCH, maxQueue: MAX_QUEUE, maxInFlight: MAX_IN_FLIGHT };

const NOT_ON_SALE: HoldRefusal = { outcome: "refused", reason: "not_on_sale" };
const NOT_ENOUGH_SEATS: HoldRefusal = { outcome: "refused", reason: "not_enough_seats" };

/** How {@link groupedSeats} works. */
export interface SeatsOptions {
  clock: Clock;
  seatNews: Pick<SeatNews, "listen">;
  /** How long a prompt release may keep a buyer waiting; without it there is no limit. */
  maxReleaseWaitMs?: number;
}

/** {@link Seats} over the event service's inventory. */
export function groupedSeats(
  inventory: SeatInventory,
  { clock, seatNews, maxReleaseWaitMs }: SeatsOptions,
): Seats {
  const soldOut = new SoldOutMemory(clock);
  seatNews.listen((eventId, seen) => soldOut.seatsAre(eventId, seen));

  const holds = new KeyedCoalescer<HoldItem, HoldAnswer>({
    ...LIMITS,
    run: async (events) => {
      const askedAt = clock.now();
      const responses = await inventory.hold(
        events.map(({ key, items }) => ({ eventId: key, items })),
      );
      return responses.map((response, i) => {
        const { key, items } = events[i]!;
        const answers = answersOf(response, items);
        if (answers.includes(NOT_ENOUGH_SEATS)) remember(key, response, askedAt);
        return answers;
      });
    },
  });
  const sales = new KeyedCoalescer<string, boolean>({
    ...LIMITS,
    run: async (events) => {
      const responses = await inventory.commit(batchesOf(events));
      return responses.map(({ results }) => results.map(({ outcome }) => outcome === "committed"));
    },
  });
  const releases = new KeyedCoalescer<string, void>({
    maxBatch: MAX_BATCH,
    maxQueue: MAX_RELEASE_QUEUE,
    run: async (events) => {
      await inventory.release(batchesOf(events));
      return events.map(({ items }) => items.map(() => {}));
    },
  });

  function remember(eventId: string, { event, ...seats }: HoldBatchResult, askedAt: Date): void {
    if (!event) return;
    soldOut.remember(eventId, {
      available: event.isWaitlistOpen ? 0 : seats.availableSeats,
      seq: seats.seq,
      askedAt,
      startsAt: event.startsAt,
    });
  }

  return {
    hold(hold) {
      if (soldOut.refuses(hold.eventId, hold.quantity)) return Promise.resolve(NOT_ENOUGH_SEATS);
      return holds.submit(hold.eventId, hold);
    },
    async holdAgain(hold) {
      const items = [hold];
      const askedAt = clock.now();
      const [response] = await inventory.hold([{ eventId: hold.eventId, items }], {
        revive: true,
      });
      const answer = response && answersOf(response, items)[0];
      if (!answer) throw new Error("a hold was not answered");
      if (answer === NOT_ENOUGH_SEATS) remember(hold.eventId, response, askedAt);
      return answer;
    },
    commit: ({ eventId, allocationId }) => sales.submit(eventId, allocationId),
    async extend({ eventId, allocationId, expiresAt }) {
      const { results } = await inventory.extend(eventId, [{ allocationId, expiresAt }]);
      return results[0]?.outcome === "extended";
    },
    async releasePromptly({ eventId, allocationId }) {
      try {
        const released = releases.submit(eventId, allocationId);
        await (maxReleaseWaitMs ? within(maxReleaseWaitMs, released, () => {}) : released);
      } catch {
        // The outbox releases them, and logs if it cannot.
      }
    },
    release: (batches) => inventory.release(batches),
    lookUp: (eventId, allocationIds) => inventory.lookUp(eventId, allocationIds),
    listSold: (after) => inventory.listSold(after),
  };
}

function batchesOf(events: { key: string; items: string[] }[]) {
  return events.map(({ key, items }) => ({ eventId: key, allocationIds: items }));
}

/** The answers to the items of one batch; equal ones are the same object. */
function answersOf({ event, results }: HoldBatchResult, items: readonly HoldItem[]): HoldAnswer[] {
  if (!event) return items.map(() => NOT_ON_SALE);
  const sale = saleOf(event);
  const held: HoldAnswer = { outcome: "held", sale };
  return results.map((result, i) => {
    switch (result.outcome) {
      case "held":
        return held;
      case "existing":
        return existingOf(result, { isOnSale: event.isOnSale, sale });
      case "refused":
        return refusalOf(event, items[i]!.quantity);
    }
  });
}

function saleOf({ unitPriceMinor, currency, startsAt, refundPolicy }: HoldTerms): Sale {
  const terms = { refundPolicy: refundPolicy ?? DEFAULT_REFUND_POLICY, startsAt };
  return { unitPriceMinor, currency, terms };
}

function existingOf(
  { state, quantity, expiresAt }: Extract<HoldResult, { outcome: "existing" }>,
  event: Pick<ExistingAllocation, "isOnSale" | "sale">,
): ExistingAllocation {
  return { outcome: "existing", state, quantity, expiresAt: expiresAt ?? undefined, ...event };
}

function refusalOf(
  { isOnSale, maxTicketsPerBooking }: HoldTerms,
  quantity: number,
): HoldRefusal {
  if (!isOnSale) return NOT_ON_SALE;
  if (quantity <= maxTicketsPerBooking) return NOT_ENOUGH_SEATS;
  return { outcome: "refused", reason: "too_many_tickets", maxPerBooking: maxTicketsPerBooking };
}
