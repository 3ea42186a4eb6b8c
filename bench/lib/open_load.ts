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
  arrivalsMs: number;
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
  lagMs: number;
}

/** Sends requests at their times and waits for every answer. */
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
    const read = responseReader(connection);
    for (let n = next++; n < requests; n = next++) {
      const dueMs = begunMs + n * arrivalsMs / requests;
      const earlyMs = dueMs - performance.now();
      if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
      await writeAll(connection, request(n));
      const status = await read();
      latenciesMs[n] = performance.now() - dueMs;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      options.onAnswer?.(status);
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
