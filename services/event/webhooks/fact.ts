import type { PING, Topic } from "./topics.ts";

/** Something that happened to an event, or to a booking or an entry of its waitlist. */
export interface Fact {
  /** The receiver's idempotency key. */
  id: string;
  topic: Topic | typeof PING;
  /** Of a ping, which belongs to no event: the webhook. */
  eventId: string;
  happenedAt: Date;
  /** As it is sent: snake_case JSON, public fields alone. */
  data: Readonly<Record<string, unknown>>;
}

/** The body that is signed and sent, the same text at every attempt. */
export function bodyOf({ id, topic, happenedAt, data }: Fact): string {
  return JSON.stringify({ id, topic, created_at: happenedAt.toISOString(), data });
}
