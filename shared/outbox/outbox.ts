import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { laneOf, LANES } from "@evently/shared/lanes";
import type { Logger } from "@evently/shared/log";
import { inParallel } from "../in_parallel.ts";
import { DELIVERIES, PURGED } from "../metrics/mod.ts";
import { inSpan } from "../tracing/mod.ts";
import type { OutboxMessage, OutboxStore } from "./store.ts";

/** The most messages of one pass over a topic, unless its handler says otherwise. */
const MAX_LEASED = 500;
/** Deliveries of one topic under way at once, unless its handler says otherwise. */
const MAX_IN_FLIGHT = 8;
const DEFAULT_LEASE_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** From this attempt on a failure is logged as an error; the message is retried all the same. */
const ALARMING_ATTEMPTS = 10;
/** How long delivered messages are kept for inspection. */
const RETENTION_MS = 24 * 3_600_000;
const MAX_PURGED = 1_000;
const MAX_LOGGED_SUBJECTS = 10;

/** How a topic gives up. Without it messages are retried for ever. */
export interface RetryRules {
  /** After so many deliveries a message is a dead letter. */
  maxAttempts: number;
  /** The pause after the first delivery; it doubles each time. */
  firstRetryMs: number;
  /** Whether trying again is of no use: the message is a dead letter at once. */
  isFinal(error: unknown): boolean;
  /** The least pause that the receiver asks for in its error; longer than the usual one it delays the next delivery. */
  leastPauseMs?(error: unknown): number;
}

/**
 * `continue`: progress was made but work remains. The messages are due again now, with their attempts reset. `later`: what
 * they wait for has not happened yet. They are tried again like failed ones, and nothing is logged.
 */
export type Delivery = "delivered" | "continue" | "later";

interface TopicHandler<Payload> {
  /** Validates a stored payload. A message whose payload is malformed is postponed and delays no other. */
  parse(payload: unknown): Payload;
  /** Marks messages as delivered, where other rows change in the same statement (see `deliveredMessages`). */
  complete?: OutboxStore["complete"];
  retries?: RetryRules;
  /** The most deliveries under way at once, where the receiver bears fewer or more than usual. */
  maxInFlight?: number;
  /** The most messages of one pass: fewer where each takes long, as all must end before the lease does. */
  maxLeased?: number;
}

/** Delivers each message of a topic alone. The receiver is idempotent by `messageId` or by the message's subject. */
export interface OutboxHandler<Payload> extends TopicHandler<Payload> {
  /** Delivers a message, or throws. */
  deliver(message: OutboxMessage<Payload>): Promise<Delivery>;
}

/** Delivers the messages of a topic in groups. A pass tries all of them in one call, and each group alone if that fails. */
export interface OutboxBatchHandler<Payload> extends TopicHandler<Payload> {
  groupBy(message: OutboxMessage<Payload>): string;
  /** Delivers every message, or throws. */
  deliverBatch(messages: readonly OutboxMessage<Payload>[]): Promise<Delivery>;
}

type Handler<Payload> = OutboxHandler<Payload> | OutboxBatchHandler<Payload>;

/** The handlers of all topics, by topic, given the types of their payloads. */
export type OutboxHandlers<Payloads> = {
  readonly [Topic in keyof Payloads]: Handler<Payloads[Topic]>;
};

export interface OutboxOptions<Payloads> {
  store: OutboxStore;
  clock: Clock;
  log: Logger;
  handlers: OutboxHandlers<Payloads>;
  /** The lane at which passes begin; a random one by default, so that several processes rarely meet. */
  firstLane?: number;
  /** How long a leased message belongs to its process; longer than any delivery takes. */
  leaseMs?: number;
  /** How long dead letters are kept, from when they were written; for ever by default. */
  deadLetterTtlMs?: number;
}

/**
 * Delivers the messages of an outbox at least once, with a handler for each topic. Topics without a handler are left
 * alone. Any number of processes may run passes at once.
 */
export class Outbox<Payloads extends object> {
  readonly topics: readonly (keyof Payloads & string)[];
  readonly #store: OutboxStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #handlers: OutboxHandlers<Payloads>;
  readonly #leaseMs: number;
  readonly #deadLetterTtlMs: number | undefined;
  #firstLane: number;

  constructor(
    {
      store,
      clock,
      log,
      handlers,
      firstLane = laneOf(newId()),
      leaseMs = DEFAULT_LEASE_MS,
      deadLetterTtlMs,
    }: OutboxOptions<Payloads>,
  ) {
    this.topics = Object.keys(handlers) as (keyof Payloads & string)[];
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#handlers = handlers;
    this.#firstLane = firstLane;
    this.#leaseMs = leaseMs;
    this.#deadLetterTtlMs = deadLetterTtlMs;
    for (const topic of this.topics) {
      for (const outcome of ["delivered", "failed"]) DELIVERIES.series({ topic, outcome });
      if (handlers[topic].retries) DELIVERIES.series({ topic, outcome: "dead" });
    }
  }

  /** Delivers what is due of every topic, in one pass each. Returns whether there may be more. */
  async deliverAll(): Promise<boolean> {
    let more = false;
    await inParallel(this.topics, { atOnce: this.topics.length }, async (topic) => {
      more = await this.deliver(topic) || more;
    });
    return more;
  }

  /** Delivers what is due of a topic, in one bounded pass. Returns whether there may be more. */
  async deliver<Topic extends keyof Payloads & string>(topic: Topic): Promise<boolean> {
    const handler = this.#handlers[topic];
    const leaseUntil = this.#fromNow(this.#leaseMs);
    const limit = handler.maxLeased ?? MAX_LEASED;
    const leased = await this.#store.lease({
      topic,
      firstLane: this.#firstLane,
      now: this.#clock.now(),
      leaseUntil,
      limit,
    });
    let more = leased.length === limit;
    // The next pass begins elsewhere, so that a full lane does not keep the others waiting.
    if (more) this.#firstLane = (this.#firstLane + 1) % LANES;
    const messages = await this.#parse(handler, leased, leaseUntil);
    const groups = groupsOf(handler, messages);
    if (groups.length > 1 && "groupBy" in handler) {
      const delivery = await delivering(messages, () => handler.deliverBatch(messages))
        .catch(() => undefined);
      if (delivery) {
        await this.#record(handler, messages, { delivery, leaseUntil });
        return more || delivery === "continue";
      }
    }
    const atOnce = handler.maxInFlight ?? MAX_IN_FLIGHT;
    await inParallel(groups, { atOnce }, async (group) => {
      // Once the lease has ended, another process may have the message.
      if (this.#clock.now() >= leaseUntil) return;
      more = await this.#deliverGroup(handler, group, leaseUntil) === "continue" || more;
    });
    return more;
  }

  /**
   * Deletes messages that were delivered long ago, and old dead letters of its topics, in one bounded pass. Returns whether
   * there may be more.
   */
  async purge(): Promise<boolean> {
    const limit = MAX_PURGED;
    const delivered = await this.#store.purge({
      deliveredBefore: this.#fromNow(-RETENTION_MS),
      limit,
    });
    const dead = this.#deadLetterTtlMs === undefined ? 0 : await this.#store.purgeDead({
      topics: this.topics,
      createdBefore: this.#fromNow(-this.#deadLetterTtlMs),
      limit,
    });
    PURGED.add(delivered, { kind: "messages" });
    PURGED.add(dead, { kind: "dead_letters" });
    return delivered === limit || dead === limit;
  }

  /** Messages of one group are delivered together or postponed together. */
  async #deliverGroup<Payload>(
    handler: Handler<Payload>,
    group: readonly OutboxMessage<Payload>[],
    leaseUntil: Date,
  ): Promise<Delivery | undefined> {
    try {
      const delivery = await delivering(group, () => deliverWith(handler, group));
      await this.#record(handler, group, { delivery, leaseUntil });
      return delivery;
    } catch (error) {
      await this.#postpone(group, { leaseUntil, error, retries: handler.retries });
    }
  }

  async #record<Payload>(
    handler: Handler<Payload>,
    messages: readonly OutboxMessage<Payload>[],
    { delivery, leaseUntil }: { delivery: Delivery; leaseUntil: Date },
  ): Promise<void> {
    const now = this.#clock.now();
    DELIVERIES.add(messages.length, { topic: messages[0]?.topic ?? "none", outcome: delivery });
    if (delivery === "later") {
      const dueAt = this.#retryAt(messages);
      await this.#store.postpone({ messages, leaseUntil, dueAt, error: "not yet" });
    } else if (delivery === "continue") await this.#store.proceed({ messages, leaseUntil, now });
    else if (handler.complete) await handler.complete({ messages, now });
    else await this.#store.complete({ messages, now });
  }

  async #postpone(
    messages: readonly OutboxMessage[],
    { leaseUntil, error, retries }: {
      leaseUntil: Date;
      error: unknown;
      retries?: RetryRules | undefined;
    },
  ): Promise<void> {
    const attempts = Math.max(...messages.map(({ attempts }) => attempts));
    const isDead = retries && (attempts >= retries.maxAttempts || retries.isFinal(error));
    const level = isDead || attempts >= ALARMING_ATTEMPTS ? "error" : "warn";
    DELIVERIES.add(messages.length, {
      topic: messages[0]?.topic ?? "none",
      outcome: isDead ? "dead" : "failed",
    });
    this.#log[level](isDead ? "outbox: dead letter" : "outbox: delivery failed", {
      topic: messages[0]?.topic,
      subject_ids: messages.slice(0, MAX_LOGGED_SUBJECTS).map(({ subjectId }) => subjectId),
      messages: messages.length,
      attempts,
      error,
    });
    const text = error instanceof Error ? error.message : String(error);
    if (isDead) return await this.#store.bury({ messages, leaseUntil, error: text });
    const doubled = 2 ** (attempts - 1);
    const retryMs = retries
      ? Math.max(retries.firstRetryMs * doubled, retries.leastPauseMs?.(error) ?? 0)
      : Math.min(FIRST_RETRY_MS * doubled, MAX_RETRY_MS);
    await this.#store.postpone({
      messages,
      leaseUntil,
      dueAt: this.#fromNow(retryMs),
      error: text,
    });
  }

  /** Parses the payloads; postpones the messages whose payload is malformed. */
  async #parse<Payload>(
    handler: Handler<Payload>,
    leased: readonly OutboxMessage[],
    leaseUntil: Date,
  ): Promise<OutboxMessage<Payload>[]> {
    const parsed: OutboxMessage<Payload>[] = [];
    for (const message of leased) {
      try {
        parsed.push({ ...message, payload: handler.parse(message.payload) });
      } catch (error) {
        await this.#postpone([message], { leaseUntil, error });
      }
    }
    return parsed;
  }

  #retryAt(messages: readonly OutboxMessage[]): Date {
    const attempts = Math.max(...messages.map(({ attempts }) => attempts));
    return this.#fromNow(Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), MAX_RETRY_MS));
  }

  #fromNow(ms: number): Date {
    return new Date(this.#clock.now().getTime() + ms);
  }
}

/** Delivers messages of one topic in a trace of their own. */
function delivering<T>(messages: readonly OutboxMessage[], deliver: () => Promise<T>): Promise<T> {
  const attributes = { "evently.messages": messages.length };
  return inSpan(`deliver ${messages[0]?.topic ?? "nothing"}`, { attributes }, deliver);
}

/** A message that is delivered alone is a group of its own. */
function groupsOf<Payload>(
  handler: Handler<Payload>,
  messages: readonly OutboxMessage<Payload>[],
): OutboxMessage<Payload>[][] {
  if (!("groupBy" in handler)) return messages.map((message) => [message]);
  return [...Map.groupBy(messages, handler.groupBy).values()];
}

async function deliverWith<Payload>(
  handler: Handler<Payload>,
  group: readonly OutboxMessage<Payload>[],
): Promise<Delivery> {
  if ("groupBy" in handler) return await handler.deliverBatch(group);
  let delivery: Delivery = "delivered";
  for (const message of group) delivery = await handler.deliver(message);
  return delivery;
}
