import { type AnyInstrument, Counter, Gauge, Histogram } from "./instruments.ts";
import { exportByDeno } from "./export_by_deno.ts";

/** Every metric of a process, in the order of `/metrics`. */
const all: AnyInstrument[] = [];

function declared<Made extends AnyInstrument>(instrument: Made): Made {
  all.push(instrument);
  return instrument;
}

/** From a millisecond, as a cached read takes, to the ten seconds that any call may take. */
const REQUEST_BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** From a quarter of a millisecond to the limit of a statement. */
const STORE_BOUNDS_S = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 15];
const PASS_BOUNDS_S = [0.001, 0.01, 0.1, 1, 10, 60];
const BATCH_BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

// Requests.

export const REQUESTS: Counter<"service" | "route" | "status"> = declared(
  new Counter({
    name: "evently.http.requests",
    description: "Requests answered, by route pattern and class of status",
    labels: ["service", "route", "status"],
  }),
);
export const REQUEST_DURATION: Histogram<"service" | "route"> = declared(
  new Histogram({
    name: "evently.http.request.duration",
    description: "Time until the answer of a request began",
    unit: "s",
    labels: ["service", "route"],
    bounds: REQUEST_BOUNDS_S,
  }),
);
export const REFUSALS: Counter<"code"> = declared(
  new Counter({
    name: "evently.refusals",
    description: "Requests refused, by the code of the error catalogue",
    labels: ["code"],
  }),
);
export const ADMISSION_RUNNING: Gauge<"lane"> = declared(
  new Gauge({
    name: "evently.admission.running",
    description: "Requests under way that yield to bookings",
    labels: ["lane"],
  }),
);
export const ADMISSION_WAITING: Gauge<"lane"> = declared(
  new Gauge({
    name: "evently.admission.waiting",
    description: "Requests that wait for their turn behind bookings",
    labels: ["lane"],
  }),
);
export const STREAMS: Gauge<"kind"> = declared(
  new Gauge({
    name: "evently.streams",
    description: "Open streams of server-sent events",
    labels: ["kind"],
  }),
);

// Sales.

export const SEATS: Counter<"move"> = declared(
  new Counter({
    name: "evently.seats.moved",
    description: "Allocations held, sold, released by their owner, expired, and refused",
    labels: ["move"],
  }),
);
export const BOOKINGS: Counter<"outcome"> = declared(
  new Counter({
    name: "evently.bookings",
    description: "Bookings reserved, confirmed, declined, cancelled and expired",
    labels: ["outcome"],
  }),
);
export const PAYMENTS: Counter<"call" | "outcome"> = declared(
  new Counter({
    name: "evently.payments",
    description: "Calls of the payment provider: answered, or failed with an unknown outcome",
    labels: ["call", "outcome"],
  }),
);
export const PAYMENT_DURATION: Histogram<"call"> = declared(
  new Histogram({
    name: "evently.payment.duration",
    description: "Time that a call of the payment provider took",
    unit: "s",
    labels: ["call"],
    bounds: REQUEST_BOUNDS_S,
  }),
);

// Batches and queues.

export const BATCH_ITEMS: Histogram<"batch"> = declared(
  new Histogram({
    name: "evently.batch.items",
    description: "Items of a batch",
    labels: ["batch"],
    bounds: BATCH_BOUNDS,
  }),
);
export const QUEUED: Gauge<"queue"> = declared(
  new Gauge({
    name: "evently.queued",
    description: "Items that wait in a queue of this process",
    labels: ["queue"],
  }),
);

// Stores.

export const STATEMENT_DURATION: Histogram<"pool" | "outcome"> = declared(
  new Histogram({
    name: "evently.postgres.statement.duration",
    description: "Time from sending a statement to its answer, waits for a connection included",
    unit: "s",
    labels: ["pool", "outcome"],
    bounds: STORE_BOUNDS_S,
  }),
);
export const STATEMENTS_RUNNING: Gauge<"pool"> = declared(
  new Gauge({
    name: "evently.postgres.statements.running",
    description: "Statements sent and not answered",
    labels: ["pool"],
  }),
);
export const REDIS_DURATION: Histogram = declared(
  new Histogram({
    name: "evently.redis.attempt.duration",
    description: "Time that an attempt at Redis took, with all its commands",
    unit: "s",
    bounds: STORE_BOUNDS_S,
  }),
);
export const REDIS_FAILURES: Counter = declared(
  new Counter({
    name: "evently.redis.failures",
    description: "Attempts that Redis did not answer, or refused as it serves nobody",
  }),
);
export const REDIS_USABLE: Gauge = declared(
  new Gauge({
    name: "evently.redis.usable",
    description: "1 while Redis answers and takes writes, as far as it was asked; else 0",
  }),
);
export const STORE_USABLE: Gauge<"service" | "store"> = declared(
  new Gauge({
    name: "evently.store.usable",
    description: "1 if the store answered the last look at it, else 0",
    labels: ["service", "store"],
  }),
);

// Background work.

export const WORKER_PASSES: Counter<"worker" | "outcome"> = declared(
  new Counter({
    name: "evently.worker.passes",
    description: "Passes of background workers: done or failed",
    labels: ["worker", "outcome"],
  }),
);
export const WORKER_DURATION: Histogram<"worker"> = declared(
  new Histogram({
    name: "evently.worker.pass.duration",
    description: "Time that a pass of a worker took",
    unit: "s",
    labels: ["worker"],
    bounds: PASS_BOUNDS_S,
  }),
);
export const OUTBOX_DUE: Gauge<"service" | "topic"> = declared(
  new Gauge({
    name: "evently.outbox.due",
    description: "Messages that are due, or under way",
    labels: ["service", "topic"],
  }),
);
export const OUTBOX_AGE: Gauge<"service" | "topic"> = declared(
  new Gauge({
    name: "evently.outbox.oldest.age",
    description: "Age of the oldest message that was due and is not delivered",
    unit: "s",
    labels: ["service", "topic"],
  }),
);
export const OUTBOX_DEAD: Gauge<"service" | "topic"> = declared(
  new Gauge({
    name: "evently.outbox.dead",
    description: "Messages that were given up",
    labels: ["service", "topic"],
  }),
);
export const DELIVERIES: Counter<"topic" | "outcome"> = declared(
  new Counter({
    name: "evently.outbox.deliveries",
    description: "Messages delivered, failed, given up, and put off",
    labels: ["topic", "outcome"],
  }),
);
export const PURGED: Counter<"kind"> = declared(
  new Counter({
    name: "evently.purged",
    description:
      "Rows deleted as they had been kept for their time, and accounts that a restore brought back, by what they are",
    labels: ["kind"],
  }),
);
export const SWEEP_LAG: Gauge = declared(
  new Gauge({
    name: "evently.seats.sweep.lag",
    description: "How long ago the oldest expired hold ended that still has its seats",
    unit: "s",
  }),
);
export const EXPIRY_LAG: Gauge = declared(
  new Gauge({
    name: "evently.bookings.expiry.lag",
    description: "How long ago the oldest pending booking ended that is not expired",
    unit: "s",
  }),
);
export const FEED_LAG: Gauge<"engine"> = declared(
  new Gauge({
    name: "evently.search.feed.lag",
    description: "Time since an index had all changes of the feed",
    unit: "s",
    labels: ["engine"],
  }),
);
export const WAITLIST_ENTRIES: Gauge<"status"> = declared(
  new Gauge({
    name: "evently.waitlist.entries",
    description: "Entries of waitlists that wait or have an open offer, counted up to 10,000",
    labels: ["status"],
  }),
);
export const WAITLIST_AGE: Gauge = declared(
  new Gauge({
    name: "evently.waitlist.oldest.age",
    description: "Age of the oldest entry that waits for seats",
    unit: "s",
  }),
);
export const OFFER_LAG: Gauge = declared(
  new Gauge({
    name: "evently.waitlist.offer.lag",
    description: "How long ago the oldest open offer ended that is not lapsed",
    unit: "s",
  }),
);
export const AUDITS: Counter<"outcome"> = declared(
  new Counter({
    name: "evently.audit.events",
    description:
      "Events whose seats were audited: consistent, wrong, or too large for this process",
    labels: ["outcome"],
  }),
);
export const AUDIT_WRONG: Gauge = declared(
  new Gauge({
    name: "evently.audit.wrong",
    description: "Events that did not add up when they were last audited by this process",
  }),
);
export const RECONCILED: Counter<"drift" | "outcome"> = declared(
  new Counter({
    name: "evently.reconciliation.drifts",
    description: "Contradictions of bookings, seats and money: repaired, waiting, or for a person",
    labels: ["drift", "outcome"],
  }),
);

// The process.

export const LOG_ENTRIES: Counter<"level"> = declared(
  new Counter({
    name: "evently.log.entries",
    description: "Log entries by level",
    labels: ["level"],
  }),
);
export const DROPPED_LINES: Counter = declared(
  new Counter({
    name: "evently.log.dropped_lines",
    description:
      "Lines that found their queue full, as nobody read or stored the log quickly enough",
  }),
);
export const EVENT_LOOP_DELAY: Histogram = declared(
  new Histogram({
    name: "evently.event_loop.delay",
    description: "How late a timer came that is due twice a second",
    unit: "s",
    bounds: REQUEST_BOUNDS_S,
  }),
);
export const CPU: Counter = declared(
  new Counter({ name: "process.cpu", description: "Processor time of the process", unit: "s" }),
);
export const RESIDENT_MEMORY: Gauge = declared(
  new Gauge({
    name: "process.resident_memory",
    description: "Memory of the process",
    unit: "By",
  }),
);
export const START_TIME: Gauge = declared(
  new Gauge({
    name: "process.start_time",
    description: "When the process started, in seconds since 1970",
    unit: "s",
  }),
);

/** Every metric of this process. */
export const METRICS: readonly AnyInstrument[] = all;

let collected = exportByDeno(METRICS);

/** Whether anybody collects the metrics of this process. What is costly to measure is measured only then. */
export function areCollected(): boolean {
  return collected;
}

/** Notes that somebody collects them. */
export function collect(): void {
  collected = true;
}
