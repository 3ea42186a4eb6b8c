import type { Clock } from "../clock.ts";
import type { GuardedRedis } from "../redis/mod.ts";
import type { Mail, MailTransport } from "./mail.ts";
import type { MailFrom } from "./mail_config.ts";

const KEY = "dev:mailbox";
/** The most mails that are kept. */
const MAX_MAILS = 200;

/** A mail of the mailbox. */
export interface KeptMail extends Mail {
  from: MailFrom;
  sentAt: Date;
}

/**
 * Development's transport: the last mails of all processes, kept in Redis instead of being sent. A mail that is sent again
 * is shown once.
 */
export class Mailbox implements MailTransport {
  readonly name = "mailbox";
  readonly #redis: GuardedRedis;
  readonly #clock: Clock;
  readonly #from: MailFrom;
  readonly #key: string;

  /** @param options.key of the mails in Redis; all processes of a platform have the same */
  constructor(
    { redis, clock, from, key = KEY }: {
      redis: GuardedRedis;
      clock: Clock;
      from: MailFrom;
      key?: string;
    },
  ) {
    this.#redis = redis;
    this.#key = key;
    this.#clock = clock;
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    const member = JSON.stringify({ ...mail, from: this.#from });
    const count = await this.#redis.attempt("keep a mail", async (redis) => {
      await redis.zadd(this.#key, { score: this.#clock.now().getTime(), member });
      return await redis.zcard(this.#key);
    });
    if (count === undefined) throw new Error("Redis does not keep the mail");
    if (count > MAX_MAILS) await this.#forgetOldest(count - MAX_MAILS);
  }

  /** The mails, newest first. */
  async list(): Promise<KeptMail[]> {
    const kept = await this.#redis.attempt(
      "read the mailbox",
      (redis) =>
        redis.zrange<string[]>(this.#key, 0, MAX_MAILS - 1, { rev: true, withScores: true }),
    ) ?? [];
    return kept.flatMap((member, i) =>
      i % 2 === 0 ? [{ ...JSON.parse(member), sentAt: new Date(Number(kept[i + 1])) }] : []
    );
  }

  async #forgetOldest(count: number): Promise<void> {
    await this.#redis.attempt("forget old mails", async (redis) => {
      const oldest = await redis.zrange<string[]>(this.#key, 0, count - 1);
      if (oldest.length > 0) await redis.zrem(this.#key, ...oldest);
    });
  }

  close(): void {}
}
