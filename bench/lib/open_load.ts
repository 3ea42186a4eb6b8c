/**
 * Open arrival: requests are sent at planned times, whether or not earlier ones were answered. Latency counts from the
 * planned time, so that no stall is hidden by a waiting client ("coordinated omission").
 */
import { type LoadResult, responseReader, writeAll } from "./http_load.ts";

/** Requests and their rate. */
export interface OpenLoadOptions {
  port: number;
  /** Number of requests, evenly spread over `arrivalsMs`. */
  requests: number;
  arrivalsMs: number;
  /** Connections; a request that is due while all are busy waits, and the wait counts. */
  connections: number;
  /** Bytes of the n-th request. */
  request: (n: number) => Uint8Array;
  /** Called after each answer, with the time since its request was sent. */
  onAnswer?: (status: number, tookMs: number) => void;
  /** Called with status line and headers of each answer. */
  onHead?: (head: string) => void;
}

/** Answers of a load. */
export interface OpenLoadResult extends LoadResult {
  /** From the last arrival to the last answer. */
  lagMs: number;
}

/** Sends requests at their planned times and waits for every answer. */
export async function runOpenLoad(options: OpenLoadOptions): Promise<OpenLoadResult> {
  const { port, requests, arrivalsMs, request } = options;
  const connections = await Promise.all(
    Array.from(
      { length: options.connections },
      () => Deno.connect({ hostname: "127.0.0.1", port }),
    ),
  );
  const answers = new Map<number, number>();
  const latenciesMs = new Float64Array(requests);
  const begunMs = performance.now();
  let next = 0;

  async function drive(connection: Deno.TcpConn): Promise<void> {
    const read = responseReader(connection, undefined, options.onHead);
    for (let n = next++; n < requests; n = next++) {
      const dueMs = begunMs + n * arrivalsMs / requests;
      const earlyMs = dueMs - performance.now();
      if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
      const sentMs = performance.now();
      await writeAll(connection, request(n));
      const status = await read();
      const nowMs = performance.now();
      latenciesMs[n] = nowMs - dueMs;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      options.onAnswer?.(status, nowMs - sentMs);
    }
  }

  try {
    await Promise.all(connections.map(drive));
  } finally {
    for (const connection of connections) connection.close();
  }
  const elapsedMs = performance.now() - begunMs;
  return {
    answers,
    elapsedMs,
    latenciesMs: latenciesMs.sort(),
    lagMs: Math.max(0, elapsedMs - arrivalsMs),
  };
}
