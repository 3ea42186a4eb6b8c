import type { OutboxBatchHandler, OutboxMessage } from "@evently/shared/outbox";

/** Handlers of several topics, each of its own payload. */
type Handlers = Readonly<Record<string, OutboxBatchHandler<never>>>;

/**
 * Handlers that also tell organisers' webhooks what they deliver, after it was delivered. If that fails, both are done
 * again, so handlers are idempotent.
 *
 * @param tell absent: nobody is told
 */
export function toldToWebhooks<Topics extends object>(
  handlers: { readonly [Topic in keyof Topics]: OutboxBatchHandler<Topics[Topic]> },
  tell: ((messages: readonly OutboxMessage[]) => Promise<void>) | undefined,
): { [Topic in keyof Topics]: OutboxBatchHandler<Topics[Topic]> } {
  if (!tell) return handlers;
  const told = Object.entries(handlers as Handlers).map(([topic, handler]) => {
    async function deliverBatch(messages: readonly OutboxMessage<never>[]) {
      const delivery = await handler.deliverBatch(messages);
      await tell?.(messages);
      return delivery;
    }
    return [topic, { ...handler, deliverBatch }];
  });
  return Object.fromEntries(told);
}
