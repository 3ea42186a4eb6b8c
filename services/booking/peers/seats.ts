import { KeyedCoalescer } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import type { SeatNews } from "@evently/shared/services";
import { within } from "@evently/shared/within";
import type { CommitBatch, HoldBatchResult, HoldItem } from "@evently/event";
import { lineIdOf, lineIdsOf, type LinesOfBooking } from "../orders/order_lines.ts";
import { answersOf, type HoldAnswer, NOT_ENOUGH_SEATS, type SeatHold } from "./hold_answers.ts";
import type { SeatInventory } from "./seat_inventory.ts";
import { SoldOutMemory } from "./sold_out_memory.ts";

export type {
  ExistingOrder,
  HoldAnswer,
  HoldRefusal,
  Sale,
  SeatHold,
  SoldType,
} from "./hold_answers.ts";

/** The seats of a booking. */
export interface OrderOfSeats extends LinesOfBooking {
  eventId: string;
}

/**
 * Seats of events: every verb holds, sells and releases them here. Group commit: requests that arrive while a batch
 * is under way are sent together as the next batch. Each operation is idempotent by allocation id, and takes orders
 * whole or not at all.
 */
export interface Seats extends Pick<SeatInventory, "release" | "lookUp" | "listSold"> {
  /** Holds seats. Refuses without asking while an event, or a ticket type of it, is known to be sold out. */
  hold(hold: SeatHold): Promise<HoldAnswer>;
  /** Holds seats without a booking, or paid ones, at once; again if they were released or have expired. */
  holdAgain(hold: SeatHold): Promise<HoldAnswer>;
  /** Sells held seats; `false` if they are lost. */
  commit(order: OrderOfSeats): Promise<boolean>;
  /** Lets a hold end later; `false` if it has ended or its seats are sold. */
  extend(hold: OrderOfSeats & { expiresAt: Date }): Promise<boolean>;
  /**
   * Puts seats on sale before the buyer who gave them back is answered. Never fails: the outbox releases them as well.
   */
  releasePromptly(order: OrderOfSeats): Promise<void>;
}

/** The most lines of one batch, and so of one transaction: a larger one leaves nothing to do while it runs. */
export const MAX_BATCH = 128;
/** The most holds or sales that wait for one event; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** The most prompt releases that wait for one event; above it they are left to the outbox. */
const MAX_RELEASE_QUEUE = 1_024;
/** Batches under way at once: while one waits for a locked event, the other proceeds. */
const MAX_IN_FLIGHT = 2;
const LIMITS = { maxBatch: MAX_BATCH, maxQueue: MAX_QUEUE, maxInFlight: MAX_IN_FLIGHT };

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

  const holds = new KeyedCoalescer<SeatHold, HoldAnswer>({
    name: "hold seats",
    ...LIMITS,
    weightOf: ({ further }) => 1 + (further?.length ?? 0),
    run: async (events) => {
      const askedAt = clock.now();
      const responses = await inventory.hold(
        events.map(({ key, items }) => ({ eventId: key, items: itemsOf(items) })),
      );
      return responses.map((response, i) => {
        const orders = events[i]!.items;
        const answers = answersOf(response, orders);
        remember(orders, answers, { response, askedAt });
        return answers;
      });
    },
  });
  const sales = new KeyedCoalescer<OrderOfSeats, boolean>({
    name: "sell seats",
    ...LIMITS,
    weightOf: ({ lines = 1 }) => lines,
    run: async (events) => {
      const responses = await inventory.commit(
        events.map(({ key, items }) => ({ eventId: key, ...allocationsOf(items) })),
      );
      return responses.map(({ results }, i) => {
        let taken = 0;
        return events[i]!.items.map(({ lines = 1 }) =>
          results.slice(taken, taken += lines).every(({ outcome }) => outcome === "committed")
        );
      });
    },
  });
  const releases = new KeyedCoalescer<OrderOfSeats, void>({
    name: "release seats",
    maxBatch: MAX_BATCH,
    maxQueue: MAX_RELEASE_QUEUE,
    weightOf: ({ lines = 1 }) => lines,
    run: async (events) => {
      await inventory.release(
        events.map(({ key, items }) => ({
          eventId: key,
          allocationIds: allocationsOf(items).allocationIds,
        })),
      );
      return events.map(({ items }) => items.map(() => {}));
    },
  });

  /**
   * Notes what was refused for want of seats: by ticket type where the request named one. Any other answer ends what was
   * noted before: the event may have been cancelled since.
   */
  function remember(
    orders: readonly SeatHold[],
    answers: readonly HoldAnswer[],
    { response: { event, availableSeats, seq }, askedAt }: {
      response: HoldBatchResult;
      askedAt: Date;
    },
  ): void {
    let isRefused = false;
    answers.forEach((answer, i) => {
      if (isForWantOfSeats(answer)) isRefused = true;
      else if (!orders[i]!.further) soldOut.forget(orders[i]!);
    });
    if (!event || !isRefused) return;
    const { startsAt, types } = event;
    const defaultType = types && Object.values(types).find(({ isDefault }) => isDefault);
    answers.forEach((answer, i) => {
      const { eventId, ticketTypeId, further } = orders[i]!;
      if (further || !isForWantOfSeats(answer)) return;
      const type = ticketTypeId === undefined ? defaultType : types?.[ticketTypeId];
      const left = types ? type?.available ?? availableSeats : availableSeats;
      const seen = { available: left, seq, askedAt, startsAt };
      if (ticketTypeId === undefined) soldOut.remember(eventId, seen);
      else soldOut.rememberType({ eventId, ticketTypeId }, seen);
    });
  }

  function isKnownFull({ eventId, ticketTypeId, quantity, further }: SeatHold): boolean {
    if (further) return false;
    return ticketTypeId === undefined
      ? soldOut.refuses(eventId, quantity)
      : soldOut.refusesType(eventId, ticketTypeId, quantity);
  }

  return {
    hold(hold) {
      if (isKnownFull(hold)) return Promise.resolve(NOT_ENOUGH_SEATS);
      return holds.submit(hold.eventId, hold);
    },
    async holdAgain(hold) {
      const orders = [hold];
      const askedAt = clock.now();
      const batch = { eventId: hold.eventId, items: itemsOf(orders) };
      const [response] = await inventory.hold([batch], { revive: true });
      if (!response) throw new Error("a hold was not answered");
      const answers = answersOf(response, orders);
      const [answer] = answers;
      if (!answer) throw new Error("a hold was not answered");
      remember(orders, answers, { response, askedAt });
      return answer;
    },
    commit: (order) => sales.submit(order.eventId, order),
    async extend({ eventId, expiresAt, ...order }) {
      const items = lineIdsOf(order).map((allocationId) => ({ allocationId, expiresAt }));
      const { results } = await inventory.extend(eventId, items);
      return results.every(({ outcome }) => outcome === "extended");
    },
    async releasePromptly(order) {
      try {
        const released = releases.submit(order.eventId, order);
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

function isForWantOfSeats(answer: HoldAnswer): boolean {
  return answer.outcome === "refused" &&
    (answer.reason === "not_enough_seats" || answer.reason === "waitlist");
}

/** The lines of all orders. Orders are numbered where one of them has several lines. */
function itemsOf(orders: readonly SeatHold[]): readonly HoldItem[] {
  if (orders.every(({ further }) => !further)) return orders;
  return orders.flatMap(({ further = [], ...first }, order) =>
    [first, ...further].map((line) => ({ ...line, order }))
  );
}

/** The allocations of all orders. Orders are numbered where one of them has several lines. */
function allocationsOf(orders: readonly OrderOfSeats[]): Omit<CommitBatch, "eventId"> {
  if (orders.every(({ lines = 1 }) => lines === 1)) {
    return { allocationIds: orders.map(({ bookingId, hold }) => lineIdOf(bookingId, 0, hold)) };
  }
  return {
    allocationIds: orders.flatMap(lineIdsOf),
    orders: orders.flatMap(({ lines = 1 }, order) => Array.from({ length: lines }, () => order)),
  };
}
