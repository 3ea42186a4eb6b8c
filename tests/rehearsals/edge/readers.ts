import { readEventStream } from "@evently/shared/testing";
import { within } from "@evently/shared/within";
import type { Findings } from "../../chaos/findings.ts";

/** Longest wait for the first message after a stream was opened again. */
const MESSAGE_LIMIT_MS = 15_000;
const PAUSE_MS = 100;
const MAX_OPENINGS = 1_000;

/** Readers of streams that come back when theirs ends, as pages do. */
export interface Readers {
  /** Messages read by all of them. */
  readonly messages: number;
  /** Streams that ended while their reader was there. */
  readonly ended: number;
  /** Resolves when every reader has a message that came after this call. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a stream for each path, and again when it ends, until it is stopped. */
export function openReaders(
  origin: string,
  { paths, findings }: { paths: readonly { path: string; token?: string }[]; findings: Findings },
): Readers {
  const stop = new AbortController();
  const waiting = new Set<() => void>();
  const seen = paths.map(() => 0);
  let messages = 0;
  let ended = 0;

  async function follow(index: number): Promise<void> {
    const { path, token } = paths[index]!;
    let lastId: string | undefined;
    for (let opening = 0; opening < MAX_OPENINGS && !stop.signal.aborted; opening++) {
      const response = await fetch(origin + path, {
        headers: {
          Accept: "text/event-stream",
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(lastId ? { "Last-Event-ID": lastId } : {}),
        },
        signal: stop.signal,
      }).catch(() => undefined);
      if (response?.status === 200 && response.body) {
        const reader = readEventStream(response.body);
        for (let lines = await reader.block(); lines !== undefined; lines = await reader.block()) {
          lastId = /^id: (.+)$/m.exec(lines)?.[1] ?? lastId;
          messages++;
          seen[index]!++;
          waiting.forEach((check) => check());
        }
        if (!stop.signal.aborted) ended++;
      } else if (response) {
        await response.body?.cancel();
        if (response.status !== 503) {
          findings.add("a stream cannot be opened", `${path}: ${response.status}`);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const following = Promise.allSettled(paths.map((_, index) => follow(index)));
  return {
    get messages() {
      return messages;
    },
    get ended() {
      return ended;
    },
    async caughtUp() {
      const before = [...seen];
      const done = Promise.withResolvers<void>();
      const check = () => {
        if (before.every((count, i) => seen[i]! > count)) done.resolve();
      };
      waiting.add(check);
      check();
      await within(MESSAGE_LIMIT_MS, done.promise, () => {
        const silent = paths.filter((_, i) => seen[i] === before[i]).map(({ path }) => path);
        findings.add("a reader gets no message", silent.join(", "));
      });
      waiting.delete(check);
    },
    async stop() {
      stop.abort();
      await following;
    },
  };
}
