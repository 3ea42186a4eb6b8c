import { EventSourceParserStream } from "eventsource-parser/stream";
import type { Send } from "./client.ts";

/** Wait before a stream is opened anew, until the server has said another one. */
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

/** The message of a stream that ends as its token does; it is opened anew at once, with the next token. */
const TOKEN_EXPIRED = "token_expired";

/**
 * Reads server-sent events for as long as nobody stops it, and opens the stream anew where it ended
 * or fell silent, from the last message on.
 *
 * @param send sends the request, with credentials where the stream needs them
 * @returns what stops it
 */
export function watchStream(
  url: string,
  reader: StreamReader,
  send: Send = (request) => fetch(request),
): () => void {
  const stopped = new AbortController();
  void new Watch(url, reader, send, stopped.signal).run();
  return () => stopped.abort();
}

/**
 * The wait before a stream is opened anew: it doubles with each failure in a row, and is spread by half of it, so that
 * the readers of a server that was restarted do not come at once.
 */
export function pauseMs(retryMs: number, failures: number, random: () => number = Math.random) {
  return Math.min(retryMs * 2 ** failures, MOST_RETRY_MS) * (0.5 + random() / 2);
}

class Watch {
  readonly #url: string;
  readonly #reader: StreamReader;
  readonly #send: Send;
  readonly #stopped: AbortSignal;
  #lastId: string | undefined;
  #retryMs = RETRY_MS;
  #failures = 0;

  constructor(url: string, reader: StreamReader, send: Send, stopped: AbortSignal) {
    this.#url = url;
    this.#reader = reader;
    this.#send = send;
    this.#stopped = stopped;
  }

  async run(): Promise<void> {
    while (!this.#stopped.aborted) {
      // However it ended, another one is opened; who reads asks by itself meanwhile.
      const begunMs = Date.now();
      const lastEvent = await this.#read().catch(() => undefined);
      if (this.#stopped.aborted) return;
      const isRenewed = lastEvent === TOKEN_EXPIRED && Date.now() - begunMs > this.#retryMs;
      if (isRenewed) continue;
      this.#reader.onOpen(false);
      await this.#pause(pauseMs(this.#retryMs, this.#failures++));
    }
  }

  /** Reads a stream to its end. @returns the name of its last message */
  async #read(): Promise<string | undefined> {
    let lastEvent: string | undefined;
    const silent = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
    };
    heard();
    try {
      const request = new Request(this.#url, {
        headers: this.#lastId === undefined ? {} : { "Last-Event-ID": this.#lastId },
        credentials: "omit",
        cache: "no-store",
        priority: "low",
        signal: AbortSignal.any([this.#stopped, silent.signal]),
      });
      const response = await this.#send(request);
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
        if (done) return lastEvent;
        heard();
        this.#failures = 0;
        this.#lastId = value.id ?? this.#lastId;
        lastEvent = value.event;
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
