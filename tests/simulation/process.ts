import type { CommitBatchResult, HoldBatchResult, ReleaseBatchResult } from "@evently/event";
import type { SeatModel } from "../models/seats/seat_model.ts";
import type { Clock } from "@evently/shared/clock";
import { SharedRateLimiter } from "@evently/shared/http";
import type { IdSource } from "@evently/shared/ids";
import type { Logger } from "@evently/shared/log";
import type { OutboxStore } from "@evently/shared/outbox";
import type { GuardedRedis, Redis } from "@evently/shared/redis";
import { SeatNews, type SeatsSeen } from "@evently/shared/services";
import { defaultMaxHoldMs } from "../../services/booking/config.ts";
import { ConfirmationsUnderWay } from "../../services/booking/payments/confirmations_under_way.ts";
import type { SaleDeps } from "../../services/booking/deps.ts";
import type { EventDirectory, EventInfo } from "../../services/booking/peers/event_directory.ts";
import { groupedJoins } from "../../services/booking/waitlist/joins.ts";
import { lineFacts } from "../../services/booking/waitlist/line_facts.ts";
import { openOffersOver } from "../../services/booking/waitlist/meet_offer.ts";
import { OfferHolders } from "../../services/booking/waitlist/offer_holders.ts";
import { Positions } from "../../services/booking/waitlist/positions.ts";
import { createQueueRuns, type QueueRuns } from "../../services/booking/waitlist/serve_queues.ts";
import type { WaitlistStore } from "../../services/booking/waitlist/store.ts";
import { groupedWaitlist } from "../../services/booking/waitlist/waitlist.ts";
import { HoldDocuments } from "../../services/booking/holds/hold_documents.ts";
import { groupedBookings } from "../../services/booking/orders/bookings.ts";
import { SharedRuns } from "../../services/booking/orders/shared_runs.ts";
import { DEFAULT_REFUND_POLICY } from "../../services/booking/orders/terms.ts";
import { groupedSeats } from "../../services/booking/peers/seats.ts";
import type { SeatInventory } from "../../services/booking/peers/seat_inventory.ts";
import type { BookingStore } from "../../services/booking/orders/store.ts";
import type { Synchronous } from "./model/booking_model.ts";
import type { PaymentStore } from "../../services/booking/payments/payment_store.ts";
import type { Caller, Network } from "./network.ts";
import type { ModelledProvider } from "./payment_model.ts";
import { RoundReads, type Rounds } from "./waitlist_rounds.ts";

/** Parts shared by all processes: stores, other services, and the network between them. */
export interface SharedParts {
  network: Network;
  store: Synchronous<BookingStore>;
  paymentStore: Synchronous<PaymentStore>;
  waitlist: Synchronous<WaitlistStore>;
  rounds: Rounds;
  outboxStore: Synchronous<OutboxStore>;
  seats: SeatModel;
  payments: Synchronous<ModelledProvider>;
  redis: Redis;
  ids: IdSource;
  log: Logger;
  holdTtlMs: number;
  attemptsPerMinute: number;
  /** Returns the time by the clock of a random process of the event service. */
  eventNow: () => Date;
}

const MAX_TICKETS = 10;
const MINUTE_MS = 60_000;
const OFFER_MS = 10 * MINUTE_MS;

/** One run of a process: its parts, and the queues of waitlists that it serves. */
export interface Process {
  deps: SaleDeps;
  queues: QueueRuns;
}

/**
 * Creates one run of a booking-service process: the real parts over simulated stores. A crash discards its queues,
 * caches and pending calls.
 */
export function createProcess(
  caller: Caller,
  shared: SharedParts,
  { clock, wake }: { clock: Clock; wake: SaleDeps["nudge"] },
): Process {
  const { network, ids, log } = shared;
  const nudge = {
    ...wake,
    waitlist() {
      queues.nudge();
      wake.waitlist();
    },
  };
  const store = overNetwork<BookingStore>(caller, network, "store", shared.store);
  const reads = new RoundReads(shared.rounds);
  const waitlistStore = overNetwork<WaitlistStore>(caller, network, "waitlist", {
    ...shared.waitlist,
    decide: reads.committing((decision) => shared.waitlist.decide(decision)),
  });
  const waitlist = groupedWaitlist(waitlistStore);
  const seatNews = new SeatNews();
  const inventory = publishingTo(seatNews, seatsOf(caller, shared));
  const recorded = reads.recording({ waitlist, inventory });
  const redis = redisOf(caller, shared);
  const positions = new Positions({ redis, store: waitlistStore, clock, ids, log });
  const pause = (ms: number) => network.pause(caller, ms);
  const bookings = groupedBookings(store, { clock, pause });
  const offerHolders = new OfferHolders({ waitlist, clock });
  const deps: SaleDeps = {
    inventory: { ...inventory, waitlistSupply: recorded.waitlistSupply },
    waitlist: {
      ...waitlist,
      listWaiting: recorded.listWaiting,
      listGathering: recorded.listGathering,
      decide: recorded.decide,
    },
    positions,
    offerHolders,
    offers: openOffersOver({
      waitlist,
      bookings,
      inventory,
      holders: offerHolders,
      nudge,
      clock,
      pause,
    }),
    blockedBuyers: { until: () => undefined },
    joins: groupedJoins({ waitlist, inventory, positions, clock, ids, nudge }),
    facts: lineFacts({ waitlist, inventory, clock }),
    log,
    clock,
    ids,
    corsOrigins: "any",
    tokens: { verifyUser: () => Promise.reject(new Error("the simulation sends no tokens")) },
    internalApiKeys: [""],
    settings: {
      holdTtlMs: shared.holdTtlMs,
      maxHoldMs: defaultMaxHoldMs(shared.holdTtlMs),
      maxTicketsPerBooking: MAX_TICKETS,
      offerMs: OFFER_MS,
    },
    seats: groupedSeats(inventory, { clock, seatNews }),
    bookings,
    outboxStore: overNetwork<OutboxStore>(caller, network, "outbox", shared.outboxStore),
    events: directoryOf(caller, shared),
    mockBank: undefined,
    ticketHolders: { nameOf: () => Promise.resolve(undefined) },
    payments: {
      name: "model",
      ...overNetwork<ModelledProvider>(caller, network, "payments", {
        authorise: (order) => shared.payments.authorise(order),
        capture: (payment) => shared.payments.capture(payment),
        void: (payment) => shared.payments.void(payment),
        refund: (refund) => shared.payments.refund(refund),
        inspect: (payment) => shared.payments.inspect(payment),
      }),
      readWebhook: (body) => Promise.resolve(JSON.parse(new TextDecoder().decode(body))),
    },
    paymentStore: overNetwork<PaymentStore>(caller, network, "payment store", shared.paymentStore),
    holds: new HoldDocuments({ redis, clock, pause }),
    attempts: new SharedRateLimiter(
      "reserve",
      { limit: shared.attemptsPerMinute, windowMs: MINUTE_MS },
      { redis, clock },
    ),
    reservations: new SharedRuns(),
    confirmations: new ConfirmationsUnderWay(),
    urgent: { begin() {} },
    nudge,
    pingDatabase: () => Promise.resolve(),
    pingRedis: () => Promise.resolve(),
  };
  const queues = createQueueRuns(deps);
  seatNews.listen((eventId, { setAside = 0, isSale = false }) => {
    if (setAside === 0 || isSale) return;
    queues.wake(eventId);
    wake.waitlist();
  });
  return { deps, queues };
}

/** Wraps a model so that each method call is a message. */
function overNetwork<Methods extends object>(
  caller: Caller,
  network: Network,
  receiver: "store" | "waitlist" | "outbox" | "payment store" | "payments",
  model: Synchronous<Methods>,
): Methods {
  const methods = Object.entries(model as Record<string, (...args: unknown[]) => unknown>);
  const repeatable = receiver === "payments";
  return Object.fromEntries(methods.map(([name, method]) => [
    name,
    (...args: unknown[]) =>
      network.call(caller, {
        label: `${receiver}.${name}`,
        repeatable,
        perform: () => method(...args),
      }),
  ])) as Methods;
}

function seatsOf(
  caller: Caller,
  { network, seats, eventNow }: SharedParts,
): SeatInventory {
  const send = <T>(name: string, perform: () => T) =>
    network.call(caller, { label: `seats.${name}`, repeatable: true, perform });
  return {
    hold: (batches, { revive = false, source = "public" } = {}): Promise<HoldBatchResult[]> =>
      send(revive ? "hold again" : "hold", () => {
        const now = eventNow();
        return batches.map(({ eventId, items }) =>
          seats.hold({ eventId, items, revive, source, now })
        );
      }),
    commit: (batches): Promise<CommitBatchResult[]> =>
      send("commit", () => {
        const now = eventNow();
        return batches.map((batch) => seats.commit({ ...batch, now }));
      }),
    release: (batches): Promise<ReleaseBatchResult[]> =>
      send("release", () => batches.map((batch) => seats.release(batch))),
    extend: (eventId, items) =>
      send("extend", () => seats.extend({ eventId, items, now: eventNow() })),
    lookUp: (eventId, allocationIds) =>
      send("lookUp", () => seats.lookUp({ eventId, allocationIds })),
    listSold: (after) => send("listSold", () => seats.listSold(after)),
    openWaitlist: (request) =>
      send("openWaitlist", () => seats.openWaitlist({ ...request, now: eventNow() })),
    closeWaitlist: (request) => send("closeWaitlist", () => seats.closeWaitlist(request)),
    waitlistSupply: (eventIds) =>
      send("waitlistSupply", () => seats.waitlistSupply({ eventIds, now: eventNow() })),
  };
}

/** Publishes answers as seat news, as `seatInventoryOver` does for an event service in another process. */
function publishingTo(news: SeatNews, seats: SeatInventory): SeatInventory {
  async function published<Answer extends SeatsSeen>(
    batches: readonly { eventId: string }[],
    pending: Promise<Answer[]>,
  ): Promise<Answer[]> {
    const answers = await pending;
    batches.forEach(({ eventId }, i) => news.tell(eventId, answers[i]!));
    return answers;
  }
  return {
    ...seats,
    hold: (batches, options) => published(batches, seats.hold(batches, options)),
    commit: (batches) => published(batches, seats.commit(batches)),
    release: (batches) => published(batches, seats.release(batches)),
  };
}

function directoryOf(caller: Caller, { network, seats }: SharedParts): EventDirectory {
  const summary = (eventId: string): EventInfo | undefined => {
    const event = seats.tables.events.get(eventId);
    if (!event) return undefined;
    return {
      name: "Diwali Night",
      eventType: "festival",
      status: event.status === "cancelled" ? "cancelled" : "published",
      timezone: "UTC",
      imageUrl: undefined,
      organiserName: "Admin",
      version: 1,
      venue: {
        name: "Shaniwar Wada",
        address: "1 Fort Road",
        city: "Pune",
        state: undefined,
        country: "India",
        postalCode: undefined,
        latitude: undefined,
        longitude: undefined,
      },
      refundPolicy: DEFAULT_REFUND_POLICY,
      startsAt: new Date(event.start_at),
      endsAt: new Date(event.end_at),
      isCancelled: event.status === "cancelled",
    };
  };
  return {
    bookable: () => Promise.reject(new Error("the simulation does not query availability")),
    summaries: (eventIds) =>
      network.call(caller, {
        label: "events.summaries",
        repeatable: true,
        perform: () => new Map(eventIds.flatMap((id) => [[id, summary(id)!] as const])),
      }),
    current: (eventId) =>
      network.call(caller, {
        label: "events.current",
        repeatable: true,
        perform: () => summary(eventId),
      }),
  };
}

/** Wraps Redis like `GuardedRedis`: a lost command or reply yields `undefined`. */
function redisOf(caller: Caller, { network, redis }: SharedParts): Pick<GuardedRedis, "attempt"> {
  const passage = (label: string) =>
    network.call(caller, { label: `redis: ${label}`, repeatable: false, perform: () => true })
      .catch(() => false);
  return {
    async attempt<T>(what: string, run: (client: Redis) => Promise<T>): Promise<T | undefined> {
      if (!await passage(what)) return undefined;
      const reply = await run(redis);
      return await passage(`${what}, answer`) ? reply : undefined;
    },
  };
}
