import { responseReader, writeAll } from "./http_load.ts";

/** Requests to send once each, in their order. */
export interface SeriesOptions {
  port: number;
  count: number;
  /** Connections; each sends the next request after its previous answer. */
  inFlight: number;
  /** Bytes of the n-th request. */
  request: (n: number) => Uint8Array;
  /** Called with the JSON of the n-th answer. */
  onAnswer?: (n: number, body: unknown) => void;
}

/** Answers of a series. */
export interface SeriesResult {
  /** Number of answers by status. */
  answers: Map<number, number>;
  elapsedMs: number;
  /** Of the n-th request. */
  latenciesMs: Float64Array;
}

const decoder = new TextDecoder();

/** Sends each request once and waits for every answer. */
export async function runSeries(
  { port, count, inFlight, request, onAnswer }: SeriesOptions,
): Promise<SeriesResult> {
  const answers = new Map<number, number>();
  const latenciesMs = new Float64Array(count);
  const connections = await Promise.all(
    Array.from({ length: inFlight }, () => Deno.connect({ hostname: "127.0.0.1", port })),
  );
  let next = 0;

  async function drive(connection: Deno.TcpConn): Promise<void> {
    let body = "";
    const read = responseReader(connection, onAnswer && ((bytes) => body = decoder.decode(bytes)));
    for (let n = next++; n < count; n = next++) {
      const begunMs = performance.now();
      await writeAll(connection, request(n));
      const status = await read();
      latenciesMs[n] = performance.now() - begunMs;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      onAnswer?.(n, JSON.parse(body));
    }
  }

  const begunMs = performance.now();
  try {
    await Promise.all(connections.map(drive));
  } finally {
    for (const connection of connections) connection.close();
  }
  return { answers, elapsedMs: performance.now() - begunMs, latenciesMs };
}
