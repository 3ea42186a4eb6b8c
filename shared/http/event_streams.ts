import { createHash } from "node:crypto";
import { Unavailable } from "../errors/mod.ts";
import { STREAMS } from "../metrics/mod.ts";

/** A message of a stream: its name, JSON, and the id that a reader goes on from. */
export interface StreamMessage {
  event: string;
  data: unknown;
  id?: string;
}

/** A message as bytes of server-sent events (HTML standard, 9.2), made once for all streams that get it. */
export function encodeMessage({ event, data, id }: StreamMessage): Uint8Array<ArrayBuffer> {
  const lines = [`event: ${event}`, `data: ${JSON.stringify(data)}`];
  if (id !== undefined) lines.push(`id: ${id}`);
  return encode(lines.join("\n"));
}

/** The id of a message that tells a whole state: a digest, so the same in every process. */
export function idOfState(state: unknown): string {
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, ID_LENGTH);
}

function encode(block: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${block}\n\n`);
}

/** Characters of an id of a state: 96 bits. */
const ID_LENGTH = 16;
/** Proxies and browsers take a silent connection for a dead one after 30 s and more. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = encode(": still here");
/** A reader that leaves more messages than this waiting is too slow, and costs memory. */
const MAX_WAITING = 16;
/** How long a stream lasts; its reader then opens another one. */
const MAX_AGE_MS = 3_600_000;
/** When readers come back after an end: spread, so that those of a whole process do not come at once. */
const RETRY_MS = [1_000, 3_000] as const;
/** What a reader that found no room waits, in seconds. */
const FULL_RETRY_S = 5;

/**
 * Headers of an answer that is a stream. Nothing may keep it, nor compress or buffer it on the way, as that would hold
 * messages back.
 */
export const STREAM_HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

/** Whether an answer with these headers is a stream of events. */
export function isEventStream(headers: Headers): boolean {
  return /^text\/event-stream\b/i.test(headers.get("Content-Type") ?? "");
}

/** One open stream of server-sent events. */
export interface EventStream {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Sends a message of {@link encodeMessage}; the stream of a reader that is too slow ends instead. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Ends it, once what was sent is read. */
  end(): void;
}

/** The open streams of one kind in this process. */
export class EventStreams {
  readonly #max: number;
  readonly #heartbeatMs: number;
  readonly #streams = new Set<OpenStream>();
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  /**
   * @param kind what its readers follow, for metrics
   * @param max most streams at once
   */
  constructor(
    { kind, max, heartbeatMs = HEARTBEAT_MS }: {
      kind?: string;
      max: number;
      heartbeatMs?: number;
    },
  ) {
    this.#max = max;
    this.#heartbeatMs = heartbeatMs;
    if (kind !== undefined) STREAMS.observe(() => this.size, { kind });
  }

  /** How many are open. */
  get size(): number {
    return this.#streams.size;
  }

  /**
   * Opens a stream. `onEnd` is called once, however it ends.
   *
   * @throws {Unavailable} there are too many, or this process stops
   */
  open(onEnd: () => void): EventStream {
    if (this.#isClosed || this.#streams.size >= this.#max) {
      const text = "Live updates are busy. Please ask again, or read now and then.";
      throw new Unavailable(text, { retryAfterS: FULL_RETRY_S });
    }
    const stream = new OpenStream(() => {
      this.#streams.delete(stream);
      if (this.#streams.size === 0) clearInterval(this.#heartbeat);
      onEnd();
    });
    this.#streams.add(stream);
    if (this.#streams.size === 1) {
      this.#heartbeat = setInterval(() => this.#beat(), this.#heartbeatMs);
    }
    return stream;
  }

  /** Ends all streams, and opens no further one. */
  close(): void {
    this.#isClosed = true;
    for (const stream of this.#streams) stream.end();
  }

  #beat(): void {
    for (const stream of this.#streams) stream.beat();
  }
}

class OpenStream implements EventStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #begunMs = performance.now();
  #controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  #onEnd: (() => void) | undefined;
  /** What the reader has not asked for yet. */
  readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
  #isEnding = false;
  /** The reader waits for a message. */
  #isAsked = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        const next = this.#waiting.shift();
        if (next) this.#controller.enqueue(next);
        else this.#isAsked = true;
        if (this.#isEnding && this.#waiting.length === 0) this.#controller.close();
      },
      cancel: () => this.#ended(),
    }, { highWaterMark: 0 });
    const [least, most] = RETRY_MS;
    this.send(encode(`retry: ${Math.round(least + Math.random() * (most - least))}`));
  }

  send(message: Uint8Array<ArrayBuffer>): void {
    if (!this.#onEnd) return;
    if (this.#isAsked) {
      this.#isAsked = false;
      this.#controller.enqueue(message);
    } else if (this.#waiting.length < MAX_WAITING) {
      this.#waiting.push(message);
    } else {
      // It ends in order, as Deno would log an error of it with a stack; what waits is not kept for a reader that may stay.
      this.#waiting.length = 0;
      this.end();
    }
  }

  beat(): void {
    if (performance.now() - this.#begunMs >= MAX_AGE_MS) return this.end();
    this.send(HEARTBEAT);
  }

  end(): void {
    if (!this.#onEnd) return;
    this.#ended();
    this.#isEnding = true;
    if (this.#waiting.length === 0) this.#controller.close();
  }

  #ended(): void {
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.();
  }
}
