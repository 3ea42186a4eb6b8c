import { Stripe } from "stripe";
import type { Random } from "@evently/shared/testing";
import { type Delivery, happens, pauseUpTo, PROMPT } from "./behaviour.ts";
import type { EventType } from "./ledger.ts";

/** An event as it is sent: always the same bytes. */
export interface SentEvent {
  id: string;
  type: EventType;
  body: string;
}

const TRIES = 3;
const TRY_AGAIN_AFTER_MS = 200;
const TIMEOUT_MS = 10_000;

/** Sends signed events to the endpoint of the account, or keeps them until a test sends them. */
export class Webhooks {
  delivery: Delivery = PROMPT;
  /** Where events go; without one they are kept in {@link kept}. */
  url: string | undefined;
  /** Events that were not sent by themselves, in their order. */
  readonly kept: SentEvent[] = [];
  readonly #secret: string;
  readonly #random: Random;
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  constructor({ secret, random }: { secret: string; random: Random }) {
    this.#secret = secret;
    this.#random = random;
  }

  tell(event: SentEvent): void {
    if (this.url === undefined) return void this.kept.push(event);
    const { lost, doubled } = this.delivery;
    if (happens(lost, this.#random)) return;
    const copies = happens(doubled, this.#random) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const sending = this.#sendLater(event, this.url).finally(() =>
        this.#underWay.delete(sending)
      );
      this.#underWay.add(sending);
    }
  }

  /** Sends an event now. @returns the status of the answer */
  async send({ body }: SentEvent, url: string): Promise<number> {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": await this.sign(body),
        Connection: "close",
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  }

  /** The signature of a body at a time. */
  sign(body: string, at = new Date()): Promise<string> {
    return Stripe.webhooks.generateTestHeaderStringAsync({
      payload: body,
      secret: this.#secret,
      timestamp: Math.floor(at.getTime() / 1_000),
    });
  }

  /** Waits until nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.settled();
  }

  async #sendLater(event: SentEvent, url: string): Promise<void> {
    await pauseUpTo(this.delivery.delayMs, this.#random);
    for (let attempt = 0; attempt < TRIES && !this.#isClosed; attempt++) {
      const status = await this.send(event, url).catch(() => 0);
      if (status >= 200 && status < 300) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_AFTER_MS));
    }
  }
}
