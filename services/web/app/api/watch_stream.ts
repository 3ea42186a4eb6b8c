import { EventSourceParserStream } from "eventsource-parser/stream";

/** Wait before a stream is opened anew, until the server has said another one; it doubles with each failure in a row. */
const RETRY_MS = 2_000;
const MOST_RETRY_MS = 30_000;
/** More than twice the time between two heartbeats: a stream that is silent for so long is dead. */
const SILENCE_MS = 40_000;
/** Longest message, in characters. */
const MAX_MESSAGE = 256 * 1_024;

/** What a stream tells. */
export interface StreamReader {
  /** A message; `data` is parsed JSON. */
  onMessage(event: string | undefined, data: unknown): void;
  /** Whether the stream is open: while it is not, somebody else has to ask. */
  onOpen(isOpen: boolean): void;
}

/**
 * Reads server-sent events of our own address for as long as nobody stops it, and opens the stream anew where it ended
 * or fell silent, from the last message on.
 *
 * @returns what stops it
 */
export function watchStream(path: string, reader: StreamReader): () => void {
  const stopped = new AbortController();
  void new Watch(path, reader, stopped.signal).run();
  return () => stopped.abort();
}

class Watch {
  readonly #path: string;
  readonly #reader: StreamReader;
  readonly #stopped: AbortSignal;
  #lastId: string | undefined;
  #retryMs = RETRY_MS;
  #failures = 0;

  constructor(path: string, reader: StreamReader, stopped: AbortSignal) {
    this.#path = path;
    this.#reader = reader;
    this.#stopped = stopped;
  }

  async run(): Promise<void> {
    while (!this.#stopped.aborted) {
      // However it ended, another one is opened; who reads asks by itself meanwhile.
      await this.#read().catch(() => {});
      if (this.#stopped.aborted) return;
      this.#reader.onOpen(false);
      await this.#pause(Math.min(this.#retryMs * 2 ** this.#failures++, MOST_RETRY_MS));
    }
  }

  async #read(): Promise<void> {
    const silent = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
    };
    heard();
    try {
      const response = await fetch(this.#path, {
        headers: this.#lastId === undefined ? {} : { "Last-Event-ID": this.#lastId },
        credentials: "omit",
        cache: "no-store",
        priority: "low",
        signal: AbortSignal.any([this.#stopped, silent.signal]),
      });
      if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
      this.#reader.onOpen(true);
      const messages = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(
        new EventSourceParserStream({
          onError: "terminate",
          onRetry: (ms) => this.#retryMs = ms,
          onComment: heard,
          maxBufferSize: MAX_MESSAGE,
        }),
      ).getReader();
      for (;;) {
        const { done, value } = await messages.read();
        if (done) return;
        heard();
        this.#failures = 0;
        this.#lastId = value.id ?? this.#lastId;
        this.#reader.onMessage(value.event, JSON.parse(value.data));
      }
    } finally {
      clearTimeout(timer!);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stopped.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      }, { once: true });
    });
  }
}
