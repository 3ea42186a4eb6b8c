import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Unavailable } from "@evently/shared/errors";
import type { GuardedRedis } from "@evently/shared/redis";
import type { Secrets } from "@evently/shared/secrets";
import { z } from "@hono/zod-openapi";
import { ForgedWebhook, MAX_PROVIDER_EVENT_ID_CHARS, type ProviderEvent } from "./provider.ts";

/** What a buyer tells the bank that asks about a payment. */
export const BANK_ANSWERS = ["approve", "refuse"] as const;
export type BankAnswer = typeof BANK_ANSWERS[number];

/** How long the bank remembers a payment; far longer than any hold. */
const TTL_MS = 24 * 3_600_000;
const UUID_CHARS = 36;
const SEPARATOR = "_secret_";
const TIME_HEADER = "mock-time";
const SIGNATURE_HEADER = "mock-signature";
const WEBHOOK_WINDOW_MS = 300_000;

const MockWebhook = z.object({
  event_id: z.string().min(1).max(MAX_PROVIDER_EVENT_ID_CHARS),
  payment_id: z.uuid().optional(),
  type: z.string(),
});

/**
 * The bank behind the mock provider: it asks buyers about payments, and remembers what they said. It keeps that in Redis,
 * so that all processes know it; what Redis loses, it asks again.
 */
export class MockBank {
  readonly #redis: Pick<GuardedRedis, "attempt">;
  readonly #secrets: Secrets;

  /** @param options.secrets sign the client secrets of payments, in all processes alike */
  constructor({ redis, secrets }: { redis: Pick<GuardedRedis, "attempt">; secrets: Secrets }) {
    this.#redis = redis;
    this.#secrets = secrets;
  }

  /** What the buyer of a payment answers with. */
  clientSecretOf(paymentId: string): string {
    return clientSecret(paymentId, this.#secrets[0]);
  }

  /**
   * Remembers the buyer's answer about a payment, unless there is one. Returns the one that counts, or `undefined` if the
   * secret is none of this bank.
   *
   * @throws {Unavailable} it cannot be remembered just now
   */
  async answer(given: string, answer: BankAnswer): Promise<BankAnswer | undefined> {
    const paymentId = given.slice(0, UUID_CHARS);
    const isOurs = this.#secrets.some((secret) => isSame(given, clientSecret(paymentId, secret)));
    if (!isOurs) return undefined;
    await this.#redis.attempt(
      "remember a buyer's answer to the bank",
      (client) => client.set(answerKey(paymentId), answer, { px: TTL_MS, nx: true }),
    );
    const kept = await this.answerOf(paymentId);
    if (kept === undefined) throw new Unavailable("The bank cannot be reached");
    return kept;
  }

  /** The buyer's answer about a payment; `undefined` while there is none. */
  async answerOf(paymentId: string): Promise<BankAnswer | undefined> {
    const kept = await this.#redis.attempt(
      "read a buyer's answer to the bank",
      (client) => client.get<string>(answerKey(paymentId)),
    );
    return BANK_ANSWERS.find((answer) => answer === kept);
  }

  /** Whether a payment was not asked about before. If nothing can be remembered, it always was. */
  async isFirstAsked(paymentId: string): Promise<boolean> {
    const kept = await this.#redis.attempt(
      "remember a late payment",
      (client) => client.set(lateKey(paymentId), "1", { px: TTL_MS, nx: true }),
    );
    return kept === "OK";
  }

  /** Whether a payment with a token that remembers it was asked about before. */
  async wasAsked(paymentId: string): Promise<boolean> {
    const kept = await this.#redis.attempt(
      "look for a late payment",
      (client) => client.get<string>(lateKey(paymentId)),
    );
    return kept !== undefined && kept !== null;
  }

  /** The headers of a webhook that this bank sends at a time. */
  webhookHeaders(body: string, now: Date): Record<string, string> {
    const time = String(Math.floor(now.getTime() / 1_000));
    return {
      [TIME_HEADER]: time,
      [SIGNATURE_HEADER]: signature(`${time}.${body}`, this.#secrets[0]),
    };
  }

  /**
   * Reads `{"event_id", "payment_id", "type"}`, signed with its time.
   *
   * @throws {ForgedWebhook} it is not signed by this bank, or not now
   */
  // deno-lint-ignore require-await -- rejects rather than throws
  async readWebhook(body: Uint8Array, headers: Headers, now: Date): Promise<ProviderEvent> {
    const time = headers.get(TIME_HEADER) ?? "";
    const text = new TextDecoder().decode(body);
    const given = headers.get(SIGNATURE_HEADER) ?? "";
    if (!this.#secrets.some((secret) => isSame(given, signature(`${time}.${text}`, secret)))) {
      throw new ForgedWebhook("the signature is not the bank's");
    }
    if (!(Math.abs(now.getTime() - Number(time) * 1_000) <= WEBHOOK_WINDOW_MS)) {
      throw new ForgedWebhook("it was signed at another time");
    }
    const event = MockWebhook.safeParse(parseJson(text));
    if (!event.success) throw new ForgedWebhook("it is no event of the bank");
    const { event_id: eventId, payment_id: paymentId, type } = event.data;
    return { eventId, paymentId, type };
  }
}

function clientSecret(paymentId: string, secret: string): string {
  const proof = createHmac("sha256", secret).update(`mock payment ${paymentId}`);
  return `${paymentId}${SEPARATOR}${proof.digest("base64url")}`;
}

function signature(text: string, secret: string): string {
  return createHmac("sha256", secret).update(`mock webhook ${text}`).digest("hex");
}

function lateKey(paymentId: string): string {
  return `mock-bank:late:${paymentId}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answerKey(paymentId: string): string {
  return `mock-bank:answer:${paymentId}`;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
