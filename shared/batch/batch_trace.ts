import { BATCH_ITEMS } from "../metrics/mod.ts";
import {
  activeSpan,
  detached,
  fail,
  kindOf,
  type Span,
  startSpan,
  within,
} from "../tracing/mod.ts";

/** The most items that the span of a batch is linked to. */
const MAX_LINKS = 32;

/** Starts the span of an item's wait for its batch, where it is part of a trace. */
export function startWait(batch: string | undefined): Span | undefined {
  if (batch === undefined || !activeSpan()) return undefined;
  return startSpan(`wait for ${batch}`);
}

/**
 * Runs a batch, measured under its name. Its span is part of the trace of its first item, and each other item's span is
 * linked with it: statements of a batch serve many requests, and would else seem to be of one of them by chance.
 */
export function inBatchSpan<T>(
  batch: string | undefined,
  waits: readonly (Span | undefined)[],
  run: () => Promise<T>,
): Promise<T> {
  if (batch === undefined) return detached(run);
  BATCH_ITEMS.record(waits.length, { batch });
  const [first, ...others] = waits.filter((wait) => wait !== undefined).slice(0, MAX_LINKS);
  const span = first &&
    startSpan(`batch: ${batch}`, { parent: first, attributes: { "evently.items": waits.length } });
  if (!span) return detached(run);
  for (const other of others) {
    span.addLink({ context: other.spanContext() });
    other.addLink({ context: span.spanContext() });
  }
  return within(span, async () => {
    try {
      return await run();
    } catch (error) {
      fail(span, kindOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
}
