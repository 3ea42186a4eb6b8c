import assert from "node:assert/strict";
import { within } from "../within.ts";

/** A message of a stream of server-sent events. */
export interface ReadMessage {
  event: string;
  // deno-lint-ignore no-explicit-any -- tests look into it as they like
  data: any;
  id: string | undefined;
}

/** Longest wait for a message or the end, however many heartbeats come: more than any test needs. */
const WAIT_LIMIT_MS = 10_000;

/** Reads a stream of server-sent events, whatever the pieces in which it comes. */
export interface EventStreamReader {
  /** The next message; the test fails if the stream ends before, or if none comes. */
  message(): Promise<ReadMessage>;
  /** The next block of lines; `undefined` at the end, however it came. */
  block(): Promise<string | undefined>;
  /** Waits for the end, in whatever way; the test fails if it does not come. */
  end(): Promise<void>;
  /** Ends it. */
  cancel(): Promise<void>;
}

/** Reads the body of an answer that is a stream. */
export function readEventStream(body: ReadableStream<Uint8Array>): EventStreamReader {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  async function block(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return block;
      }
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  }
  async function message(): Promise<ReadMessage> {
    for (;;) {
      const lines = await block();
      assert.ok(lines !== undefined, "the stream has ended");
      const { event, data, id } = fieldsOf(lines);
      if (event !== undefined) return { event, data: JSON.parse(data!), id };
    }
  }
  async function end(): Promise<void> {
    while (await block() !== undefined);
  }
  return {
    block,
    message: () => orFail("message", message()),
    end: () => orFail("end", end()),
    cancel: () => reader.cancel(),
  };
}

function orFail<T>(wanted: string, work: Promise<T>): Promise<T> {
  return within(
    WAIT_LIMIT_MS,
    work,
    () => assert.fail(`no ${wanted} of the stream within ${WAIT_LIMIT_MS} ms`),
  );
}

/** The fields of a block; comments, as heartbeats are, have none. */
function fieldsOf(block: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    block.split("\n").filter((line) => !line.startsWith(":")).map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}
