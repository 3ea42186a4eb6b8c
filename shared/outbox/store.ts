/** The key of a message. */
export interface MessageKey {
  /** The receiver's idempotency key: the same on every delivery. */
  messageId: string;
  /** The event that the message belongs to. */
  eventId: string;
}

/** A leased message. */
export interface OutboxMessage<Payload = unknown> extends MessageKey {
  /** A command (`seats.release`) or a fact (`booking.confirmed`). */
  topic: string;
  /** The entity that the message is about, such as a booking. */
  subjectId: string;
  payload: Payload;
  /** Deliveries so far, including this one. */
  attempts: number;
}

/** The outbox table. Each method is one atomic statement; messages that were delivered never change again. */
export interface OutboxStore {
  /**
   * Leases due messages of a topic lane by lane, from `firstLane` on, in each the longest due first. They are not due
   * again before `leaseUntil`.
   */
  lease(
    input: { topic: string; firstLane: number; now: Date; leaseUntil: Date; limit: number },
  ): Promise<OutboxMessage[]>;
  /** Marks messages as delivered. */
  complete(input: { messages: readonly MessageKey[]; now: Date }): Promise<void>;
  /**
   * Ends the lease and makes messages due at `dueAt`, after a failure; messages that have been leased again since are
   * left alone.
   */
  postpone(
    input: { messages: readonly MessageKey[]; leaseUntil: Date; dueAt: Date; error: string },
  ): Promise<void>;
  /** Makes messages dead letters, which are never due again. Ignores messages as `postpone` does. */
  bury(
    input: { messages: readonly MessageKey[]; leaseUntil: Date; error: string },
  ): Promise<void>;
  /** Ends the lease and makes messages due at `now`, with their attempts reset. Ignores messages as `postpone` does. */
  proceed(
    input: { messages: readonly MessageKey[]; leaseUntil: Date; now: Date },
  ): Promise<void>;
  /** Deletes messages that were delivered before then. Returns the number deleted. */
  purge(input: { deliveredBefore: Date; limit: number }): Promise<number>;
  /** Deletes dead letters of these topics that were written before then. Returns the number deleted. */
  purgeDead(
    input: { topics: readonly string[]; createdBefore: Date; limit: number },
  ): Promise<number>;
}
