import { within } from "../within.ts";

/** Options of {@link BoundedOutput}. */
export interface BoundedOutputOptions {
  /** Writes some of the bytes and returns how many. May take any time, and may fail. */
  write: (bytes: Uint8Array) => Promise<number>;
  /** Makes the line that replaces `count` dropped lines. */
  describeDropped?: (count: number) => string;
  /** The most queued characters; lines above it are dropped. */
  maxQueuedChars?: number;
  /** How long to wait after a write that failed. */
  retryAfterMs?: number;
}

const MAX_QUEUED_CHARS = 1024 * 1024;
const RETRY_AFTER_MS = 250;
/** Lines of this period are written together, so that a busy server makes few system calls. */
const BATCH_MS = 5;

/**
 * A queue of lines for a reader that may be slow, closed or full. Writing never waits and never throws: lines that do
 * not fit are dropped and counted, and one line in their place tells the count.
 */
export class BoundedOutput {
  readonly #write: BoundedOutputOptions["write"];
  readonly #describeDropped: (count: number) => string;
  readonly #maxQueuedChars: number;
  readonly #retryAfterMs: number;
  #queue = "";
  #charsUnderWay = 0;
  /** Lines dropped since the last queued line; while there are any, no line is queued. */
  #gap = 0;
  #drained: Promise<void> | undefined;
  #droppedLines = 0;

  constructor(options: BoundedOutputOptions) {
    this.#write = options.write;
    this.#describeDropped = options.describeDropped ??
      ((count) => `${count} lines were dropped here\n`);
    this.#maxQueuedChars = options.maxQueuedChars ?? MAX_QUEUED_CHARS;
    this.#retryAfterMs = options.retryAfterMs ?? RETRY_AFTER_MS;
  }

  /** The number of lines dropped so far. */
  get droppedLines(): number {
    return this.#droppedLines;
  }

  /** Takes whole lines, each ending in a newline, or drops them. */
  write(lines: string): void {
    const queued = this.#charsUnderWay + this.#queue.length;
    if (this.#gap > 0 || queued + lines.length > this.#maxQueuedChars) {
      const count = countLines(lines);
      this.#gap += count;
      this.#droppedLines += count;
    } else {
      this.#queue += lines;
    }
    this.#drained ??= this.#drain();
  }

  /** Waits until all lines are written. @returns whether they were, within the time */
  async flush(limitMs: number): Promise<boolean> {
    const drained = this.#drained ?? Promise.resolve();
    return await within(limitMs, drained.then(() => true), () => false);
  }

  async #drain(): Promise<void> {
    do {
      await pause(BATCH_MS);
      const batch = this.#queue + (this.#gap > 0 ? this.#describeDropped(this.#gap) : "");
      this.#queue = "";
      this.#gap = 0;
      this.#charsUnderWay = batch.length;
      await this.#writeWhole(encoder.encode(batch));
      this.#charsUnderWay = 0;
    } while (this.#queue !== "" || this.#gap > 0);
    this.#drained = undefined;
  }

  async #writeWhole(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      const written = await this.#write(rest).catch(() => 0);
      if (written === 0) await pause(this.#retryAfterMs);
      rest = rest.subarray(written);
    }
  }
}

const encoder = new TextEncoder();

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
