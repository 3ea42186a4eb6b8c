import type { Clock } from "@evently/shared/clock";
import { Coalescer } from "@evently/shared/batch";
import type { Logger } from "@evently/shared/log";
import type { Sql } from "@evently/shared/postgres";
import { within } from "@evently/shared/within";
import { inParallel } from "@evently/shared/in_parallel";
import { attemptDelivery, type AttemptDeps } from "./attempt_delivery.ts";
import {
  type Attempt,
  type LeasedDelivery,
  leaseDeliveries,
  recordAttempts,
} from "./deliveries_sql.ts";
import { FAILING_LIMIT_MS } from "./retries.ts";

/** Webhooks of one process that are being sent to at once. */
const MAX_LANES = 50;
/** Requests to one webhook under way at once, of one process. */
const MAX_IN_LANE = 8;
/** Deliveries of one webhook that are leased together. */
const MAX_LEASED = 32;
/** Longer than all requests of a lane may take, one group after the other. */
const LEASE_MS = 90_000;
const MAX_RECORDED = 100;
const MAX_QUEUED_RECORDS = 10_000;

export interface DeliveryDeps extends AttemptDeps {
  sql: Sql;
  clock: Clock;
  log: Logger;
}

/**
 * Sends what is due to webhooks, at least once. Each webhook has a lane of its own, so that a slow one delays nobody else,
 * and a pass waits for none of them. Any number of processes may do so at once.
 */
export class WebhookDeliveries {
  readonly #deps: DeliveryDeps;
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #records: Coalescer<Attempt, void>;
  #isEnding = false;
  /** Called when a lane has ended, so that there may be work for another one. */
  onRoom: () => void = () => {};

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
    this.#records = new Coalescer({
      name: "record webhook deliveries",
      maxBatch: MAX_RECORDED,
      maxQueue: MAX_QUEUED_RECORDS,
      run: (attempts) => this.#record(attempts),
    });
  }

  /** Leases what is due, as far as there is room, and begins to send it. */
  async pass(): Promise<void> {
    const webhooks = MAX_LANES - this.#lanes.size;
    if (webhooks <= 0 || this.#isEnding) return;
    const now = this.#deps.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const leased = await leaseDeliveries(this.#deps.sql, {
      busy: [...this.#lanes.keys()],
      now,
      leaseUntil,
      webhooks,
      ofEach: MAX_LEASED,
    });
    for (const [webhookId, deliveries] of Map.groupBy(leased, (found) => found.webhookId)) {
      const lane = this.#send(deliveries, leaseUntil).finally(() => {
        this.#lanes.delete(webhookId);
        this.onRoom();
      });
      this.#lanes.set(webhookId, lane);
    }
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    while (this.#lanes.size > 0) await Promise.all(this.#lanes.values());
  }

  /** Begins no further request, and waits for those under way, but not longer than that. */
  async finish(limitMs: number): Promise<void> {
    this.#isEnding = true;
    await within(limitMs, this.settled(), () => undefined);
  }

  /** Sends the deliveries of one webhook. Never rejects: what is not recorded is sent again when its lease has ended. */
  async #send(deliveries: readonly LeasedDelivery[], leaseUntil: Date): Promise<void> {
    const { clock, log } = this.#deps;
    await inParallel(deliveries, { atOnce: MAX_IN_LANE }, async (delivery) => {
      if (this.#isEnding || clock.now() >= leaseUntil) return;
      await this.#records.submit(await attemptDelivery(this.#deps, delivery));
    }).catch((error) => {
      log.warn("webhooks: attempts were not recorded", {
        webhook_id: deliveries[0]?.webhookId,
        error,
      });
    });
  }

  async #record(attempts: readonly Attempt[]): Promise<void[]> {
    const { sql, clock, log } = this.#deps;
    const now = clock.now();
    const failingBefore = new Date(now.getTime() - FAILING_LIMIT_MS);
    const paused = await recordAttempts(sql, { attempts, now, failingBefore });
    for (const { webhookId, because } of paused) {
      log.warn("webhooks: paused", { webhook_id: webhookId, because });
    }
    return attempts.map(() => undefined);
  }
}
