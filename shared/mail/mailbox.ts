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

/** Development's transport: the last mails of all processes, kept in Redis instead of being sent. */
export class Mailbox implements MailTransport {
  readonly name = "mailbox";
  readonly #redis: GuardedRedis;
  readonly #clock: Clock;
  readonly #from: MailFrom;

  constructor({ redis, clock, from }: { redis: GuardedRedis; clock: Clock; from: MailFrom }) {
    this.#redis = redis;
    this.#clock = clock;
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    const kept: KeptMail = { ...mail, from: this.#from, sentAt: this.#clock.now() };
    const length = await this.#redis.attempt("keep a mail", async (redis) => {
      const length = await redis.lpush(KEY, JSON.stringify(kept));
      await redis.ltrim(KEY, 0, MAX_MAILS - 1);
      return length;
    });
    if (length === undefined) throw new Error("Redis does not keep the mail");
  }

  /** The mails, newest first. */
  async list(): Promise<KeptMail[]> {
    const kept = await this.#redis.attempt(
      "read the mailbox",
      (redis) => redis.lrange(KEY, 0, MAX_MAILS - 1),
    );
    return (kept ?? []).map((text) => {
      const mail = JSON.parse(text) as KeptMail;
      return { ...mail, sentAt: new Date(mail.sentAt) };
    });
  }

  close(): void {}
}
