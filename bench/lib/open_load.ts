/**
 * Open arrival: requests come at their times, whether or not those before were answered. A latency counts
 * from the time at which its request was to come, so that a stall is not hidden by a client that waits
 * for it ("coordinated omission").
 */
import { type LoadResult, responseReader, writeAll } from "./http_load.ts";

/** Which requests come, and how fast. */
export interface OpenLoadOptions {
  port: number;
  /** How many requests come, evenly over `arrivals_ms`. */
  requests: number;
  arrivals_ms: number;
  /** Connections; what comes while all are busy waits for one, and the wait counts. */
  connections: number;
  /** The n-th request of all. */
  request: (n: number) => Uint8Array;
  /** Called at each answer. */
  onAnswer?: (status: number) => void;
}

/** What came back. */
export interface OpenLoadResult extends LoadResult {
  /** From the last arrival to the last answer. */
  lag_ms: number;
}

/** Sends requests at their times and waits for every answer. */
export async function runOpenLoad(options: OpenLoadOptions): Promise<OpenLoadResult> {
  const { port, requests, arrivals_ms, request } = options;
  const connections = await Promise.all(
    Array.from(
      { length: options.connections },
      () => Deno.connect({ hostname: "127.0.0.1", port }),
    ),
  );
  const answers = new Map<number, number>();
  const latencies_ms = new Float64Array(requests);
  const begun_ms = performance.now();
  let next = 0;

  async function drive(connection: Deno.TcpConn): Promise<void> {
    const read = responseReader(connection);
    for (let n = next++; n < requests; n = next++) {
      const due_ms = begun_ms + n * arrivals_ms / requests;
      const early_ms = due_ms - performance.now();
      if (early_ms > 0) await new Promise((resolve) => setTimeout(resolve, early_ms));
      await writeAll(connection, request(n));
      const status = await read();
      latencies_ms[n] = performance.now() - due_ms;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      options.onAnswer?.(status);
    }
  }

  try {
    await Promise.all(connections.map(drive));
  } finally {
    for (const connection of connections) connection.close();
  }
  const elapsed_ms = performance.now() - begun_ms;
  return {
    answers,
    elapsed_ms,
    latencies_ms: latencies_ms.sort(),
    lag_ms: Math.max(0, elapsed_ms - arrivals_ms),
  };
}
