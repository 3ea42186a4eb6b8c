import { within } from "../within.ts";

/** Where the lines go, and what bounds them. */
export interface BoundedOutputOptions {
  /** Writes some of the bytes and answers how many. May take any time, and may fail. */
  write: (bytes: Uint8Array) => Promise<number>;
  /** The line that stands where `count` lines are missing. */
  describeDropped?: (count: number) => string;
  /** Characters that may wait; what comes on top of them is dropped. */
  maxQueuedChars?: number;
  /** How long to wait after a write that failed. */
  retryAfterMs?: number;
}

const MAX_QUEUED_CHARS = 1024 * 1024;
const RETRY_AFTER_MS = 250;
/** Lines of this long travel together, so that a busy server pays for few system calls. */
const BATCH_MS = 5;

/**
 * Lines on their way to a reader that may be slow, gone or full. Writing never waits and never throws:
 * lines that find the queue full are dropped and counted, and a line in their place says how many.
 */
export class BoundedOutput {
  readonly #write: BoundedOutputOptions["write"];
  readonly #describeDropped: (count: number) => string;
  readonly #maxQueuedChars: number;
  readonly #retryAfterMs: number;
  #queue = "";
  #charsUnderWay = 0;
  /** Lines dropped since the last one that was taken; while there are any, none is taken. */
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

  /** How many lines were dropped so far. */
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

  /** Waits until all is written. @returns whether it was, within the time */
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
