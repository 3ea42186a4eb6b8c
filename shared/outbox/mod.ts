/** Transactional outbox: messages are written with the change that causes them, and delivered at least once. */
export { enqueue, type NewMessage } from "./enqueue.ts";
export {
  type Delivery,
  Outbox,
  type OutboxBatchHandler,
  type OutboxHandler,
  type OutboxHandlers,
  type OutboxOptions,
  type RetryRules,
} from "./outbox.ts";
export { observeOutbox } from "./observe_outbox.ts";
export { deliveredMessages, postgresOutboxStore } from "./postgres_store.ts";
export type { MessageKey, OutboxMessage, OutboxStore } from "./store.ts";
export { createOutboxWorkers, type OutboxWorkers } from "./workers.ts";
