import { setImmediate } from "node:timers";
import { SeatModel } from "../models/seats/seat_model.ts";
import type { IdSource } from "@evently/shared/ids";
import { type Logger, SILENT_LOGGER } from "@evently/shared/log";
import type { Redis } from "@evently/shared/redis";
import type { Random } from "@evently/shared/testing";
import { defaultMaxHoldMs } from "../../services/booking/config.ts";
import type { Observed } from "./booking_invariants.ts";
import { startBank } from "./bank.ts";
import { actAsBuyer } from "./buyers.ts";
import type { Conditions } from "./conditions.ts";
import type { Defect } from "./defects.ts";
import { actAsOrganiser, startEventService } from "./event_service.ts";
import { Host } from "./host.ts";
import { Invariants } from "./invariants.ts";
import { bookingModel } from "./model/booking_model.ts";
import { outboxModel } from "./model/outbox.ts";
import { paymentStoreModel } from "./model/payments.ts";
import { BookingTables } from "./model/tables.ts";
import { waitlistModel } from "./model/waitlist.ts";
import { toEntry } from "./model/waitlist_tables.ts";
import { Network } from "./network.ts";
import { PaymentModel } from "./payment_model.ts";
import type { SharedParts } from "./process.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import { runUntilQuiet } from "./quiet.ts";
import { openShop, type Shop } from "./shops.ts";
import { Scheduler } from "./scheduler.ts";
import { Trace } from "./trace.ts";
import { Violation } from "./violation.ts";
import { actAsWaiter } from "./waiters.ts";
import { WaitlistInvariants } from "./waitlist_invariants.ts";
import { Rounds } from "./waitlist_rounds.ts";
import { NEEDS_DECISION } from "../../services/booking/reconcile/drift.ts";

const START_MS = Date.parse("2030-01-01T00:00:00Z");
const PRICE_MINOR = 1_500;
/** One in this many events is free. */
const ONE_FREE_IN = 4;
const EVENT_MS = 2 * 3_600_000;
/** Far more steps than any world takes; beyond it the world is considered endless. */
const MAX_STEPS = 200_000;
/** Steps per thousand in which a buyer or an organiser acts. */
const BUYER_PERMILLE = 250;
const ORGANISER_PERMILLE = 8;
const MAX_SKEW_MS = 180_000;
const USERS = 8;
const RECOUNT_EVERY = 500;
/** Shorter than any worker's interval, so that each has one pass. */
const MOMENT_MS = 1_000;

/** Parts of a world. */
export interface WorldOptions {
  random: Random;
  conditions: Conditions;
  /** Redis of this world, wiped at random. */
  redis: Redis;
  /** Called with the clock for Redis. */
  onTime: (now: () => Date) => void;
  defect?: Defect | undefined;
}

/** A deterministic world: the seed alone decides the order of steps, so one seed gives one history. */
export class Simulation {
  readonly random: Random;
  readonly conditions: Conditions;
  readonly scheduler: Scheduler;
  readonly trace = new Trace();
  readonly network: Network;
  readonly ids: IdSource;
  readonly bookings: BookingTables;
  readonly seats = new SeatModel();
  readonly payments: PaymentModel;
  readonly acknowledgements: Acknowledgements;
  readonly invariants: Invariants;
  readonly waitlistInvariants: WaitlistInvariants;
  readonly hosts: readonly Host[];
  readonly events: readonly string[];
  /** Events that sell several ticket types, by id. */
  readonly shops = new Map<string, Shop>();
  readonly users: readonly string[];
  readonly stranger: string;
  /** Cancelled events whose bookings are not all cancelled yet. */
  readonly cancelledEvents = new Set<string>();
  /** Number of buyers' requests so far. */
  operations = 0;
  /** Number of buyers' requests without an outcome yet. */
  open = 0;
  readonly #redis: Redis;
  #eventNowMs = START_MS;
  #broken: unknown;

  constructor({ random, conditions, redis, onTime, defect }: WorldOptions) {
    this.random = random;
    this.conditions = conditions;
    this.#redis = redis;
    this.scheduler = new Scheduler(random, START_MS);
    onTime(() => new Date(this.scheduler.nowMs));
    const { scheduler, trace } = this;
    this.network = new Network({ random, scheduler, trace, conditions });
    this.network.onConstraintViolated = this.onFailure;
    this.ids = repeatableIds(random);
    this.bookings = new BookingTables(this.ids.newId);
    this.payments = new PaymentModel(() => this.network.chance(conditions.declined));
    this.acknowledgements = new Acknowledgements(this.bookings);
    const observed: Observed = {
      bookings: this.bookings,
      seats: this.seats,
      payments: this.payments,
      maxHoldMs: defaultMaxHoldMs(conditions.holdTtlMs),
      clocksAgree: [...conditions.skewsMs, ...conditions.eventSkewsMs].every((ms) => ms === 0),
      eventNowMs: () => this.#eventNowMs,
      linesOf: (bookingId) => this.acknowledgements.linesOf(bookingId),
    };
    const rounds = new Rounds({
      entriesOf: (id) => this.bookings.entries.where(({ eventId }) => eventId === id).map(toEntry),
      step: () => this.trace.steps,
    });
    this.invariants = new Invariants(observed);
    this.waitlistInvariants = new WaitlistInvariants(observed, rounds);
    this.events = conditions.capacities.map((capacity, i) => {
      const startAt = new Date(START_MS + conditions.startsInMs[i]!);
      const eventId = this.#addEvent(capacity, startAt);
      if (conditions.shops.includes(i)) {
        const { newId } = this.ids;
        this.shops.set(eventId, openShop(this.seats, eventId, { newId, capacity }));
      }
      return eventId;
    });
    this.users = Array.from({ length: USERS }, () => this.ids.newId());
    this.stranger = this.ids.newId();
    const shared: SharedParts = {
      network: this.network,
      store: bookingModel(this.bookings),
      paymentStore: paymentStoreModel(this.bookings),
      waitlist: waitlistModel(this.bookings),
      rounds,
      outboxStore: outboxModel(this.bookings),
      seats: this.seats,
      payments: this.payments,
      redis,
      ids: this.ids,
      log: this.#log(),
      holdTtlMs: conditions.holdTtlMs,
      attemptsPerMinute: conditions.attemptsPerMinute,
      eventNow: () => this.eventNow(),
    };
    defect?.(shared, this);
    const { skewsMs, faults, dead } = conditions;
    const world = {
      random,
      scheduler,
      network: this.network,
      trace,
      shared,
      skewsMs,
      faults,
      dead,
    };
    this.hosts = skewsMs.map((_, place) =>
      new Host(place, { ...world, onFailedPass: (_name, error) => this.onFailure(error) })
    );
    startEventService(this);
    startBank(this);
  }

  /** Returns the time by the clock of a random process of the event service. */
  eventNow(): Date {
    const skewMs = this.random.pick(this.conditions.eventSkewsMs);
    this.#eventNowMs = this.scheduler.nowMs + skewMs;
    return new Date(this.#eventNowMs);
  }

  /** Ends the run if the error is a programming error; domain errors and unavailability are expected. */
  readonly onFailure = (error: unknown): void => {
    try {
      this.acknowledgements.failed(error);
    } catch (violation) {
      this.#broken ??= violation;
    }
  };

  /**
   * Runs the given number of operations, and then until the world is quiet.
   *
   * @throws {Violation} if an invariant is broken
   */
  async run(operations: number): Promise<void> {
    while (this.operations < operations || this.open > 0) {
      this.#injectFaults();
      if (this.operations < operations && this.#buyerActs()) this.#act();
      else if (this.network.chance(ORGANISER_PERMILLE)) actAsOrganiser(this);
      else this.#step();
      await this.#turn();
    }
    await runUntilQuiet(this);
  }

  /** Runs all steps that are due within `MOMENT_MS`. */
  async settle(): Promise<void> {
    const untilMs = this.scheduler.nowMs + MOMENT_MS;
    while (this.scheduler.nextDueMs <= untilMs) {
      this.#step();
      await this.#turn();
    }
  }

  #act(): void {
    if (this.network.chance(this.conditions.waiters)) actAsWaiter(this);
    else actAsBuyer(this);
  }

  #buyerActs(): boolean {
    return this.open < this.conditions.concurrency && this.network.chance(BUYER_PERMILLE);
  }

  #step(): void {
    const step = this.scheduler.next();
    if (!step) throw new Violation("no step is scheduled any more");
    this.trace.add(`${this.scheduler.nowMs - START_MS} ${step.label}`);
    step.run();
  }

  /** Runs the event loop until all promises wait for the scheduler, and checks the invariants. */
  async #turn(): Promise<void> {
    // A batch is sent at the end of a turn of the event loop and reaches its store in the next.
    for (let turn = 0; turn < 2; turn++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (this.#broken) throw this.#broken;
    this.invariants.check();
    this.waitlistInvariants.check();
    if (this.trace.steps % RECOUNT_EVERY === 0) this.invariants.recount();
    if (this.trace.steps > MAX_STEPS) {
      throw new Violation("the world does not end within the maximum number of steps");
    }
  }

  #injectFaults(): void {
    const { network, random, scheduler, conditions } = this;
    scheduler.nowMs += random.below(2);
    if (network.chance(conditions.jump)) {
      scheduler.nowMs += random.below(conditions.longestJumpMs);
    }
    if (network.shouldInject("crash", conditions.crash)) {
      const host = random.pick(this.hosts);
      if (host.isUp) host.crash();
    }
    if (network.shouldInject("wipe", conditions.wipe)) {
      this.trace.add("Redis is wiped");
      void this.#redis.flushall();
    }
    if (network.shouldInject("clockSet", conditions.clockSet)) {
      random.pick(this.hosts).skewMs = random.below(2 * MAX_SKEW_MS) - MAX_SKEW_MS;
    }
  }

  #addEvent(capacity: number, startAt: Date): string {
    const eventId = this.ids.newId();
    this.seats.addEvent({
      event_id: eventId,
      status: "published",
      start_at: startAt,
      end_at: new Date(startAt.getTime() + EVENT_MS),
      unit_price_minor: this.random.below(ONE_FREE_IN) === 0 ? 0 : PRICE_MINOR,
      currency: "INR",
      max_tickets_per_booking: 4,
    }, capacity);
    return eventId;
  }

  /** Returns a logger that reports a contradiction which needs a person's decision as a violation. */
  #log(): Logger {
    const log: Logger = {
      ...SILENT_LOGGER,
      error: (message, fields) => {
        if (message !== NEEDS_DECISION) return;
        this.#broken ??= new Violation(`${message}: ${JSON.stringify(fields)}`);
      },
      with: () => log,
    };
    return log;
  }
}

/** Returns a source of random ids that depend on the seed only. */
function repeatableIds(random: Random): IdSource {
  const digits = (count: number) =>
    Array.from({ length: count }, () => random.below(16).toString(16)).join("");
  return {
    newId: () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
    newSecret: () => digits(32),
  };
}
