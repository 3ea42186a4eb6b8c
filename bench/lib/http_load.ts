/**
 * A cheap load generator, as it shares the machine with the platform: one connection per request in flight, requests
 * as bytes, and only status and length of an answer are parsed.
 */

/** Requests to send, and for how long. */
export interface LoadOptions {
  port: number;
  /** Connections, each with one request in flight. */
  inFlight: number;
  durationMs: number;
  /** Bytes of the n-th request; `undefined` ends the load before its time, as there is nothing left to send. */
  request: (n: number) => Uint8Array | undefined;
}

/** Answers of a load. */
export interface LoadResult {
  /** Number of answers by status. */
  answers: Map<number, number>;
  elapsedMs: number;
  /** From sending a request to the end of its answer; sorted. */
  latenciesMs: Float64Array;
}

/** The largest answer, with its headers: an event's page has 16 kB. */
const BUFFER_BYTES = 64 * 1024;
const CONTENT_LENGTH = /content-length: *(\d+)/i;
const CHUNKED = /transfer-encoding: *chunked/i;
const HEADER_END = "\r\n\r\n";
/** What ends an answer in chunks. */
const LAST_CHUNK = "\r\n0\r\n\r\n";
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Runs a closed loop: each connection sends its next request after the previous answer. */
export async function runLoad(
  { port, inFlight, durationMs, request }: LoadOptions,
): Promise<LoadResult> {
  const answers = new Map<number, number>();
  const latencies: number[] = [];
  let n = 0;

  async function drive(connection: Deno.TcpConn, endMs: number): Promise<void> {
    const reader = responseReader(connection);
    while (performance.now() < endMs) {
      const bytes = request(n++);
      if (bytes === undefined) return;
      const begunMs = performance.now();
      await writeAll(connection, bytes);
      const status = await reader();
      latencies.push(performance.now() - begunMs);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  }

  const connections = await Promise.all(
    Array.from({ length: inFlight }, () => Deno.connect({ hostname: "127.0.0.1", port })),
  );
  const begunMs = performance.now();
  try {
    await Promise.all(connections.map((connection) => drive(connection, begunMs + durationMs)));
  } finally {
    for (const connection of connections) connection.close();
  }
  return {
    answers,
    elapsedMs: performance.now() - begunMs,
    latenciesMs: Float64Array.from(latencies).sort(),
  };
}

/** A request without a body, with a token, as bytes. */
export function bareBytes(method: "GET" | "DELETE", path: string, token: string): Uint8Array {
  return new TextEncoder().encode(
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}${HEADER_END}`,
  );
}

/** A POST with a JSON body, as bytes. */
export function postBytes(path: string, token: string, body: unknown): Uint8Array {
  const json = JSON.stringify(body);
  return new TextEncoder().encode(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${json.length}${HEADER_END}${json}`,
  );
}

/** The value below which this share of the sorted values lies. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Writes all bytes, in as many writes as needed. */
export async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

/**
 * Reads answers one at a time; returns the status of each, and gives its head and body to the callbacks. The body of one
 * without a length is in chunks, as they were sent.
 */
export function responseReader(
  connection: Deno.TcpConn,
  onBody?: (body: Uint8Array) => void,
  onHead?: (head: string) => void,
): () => Promise<number> {
  const buffer = new Uint8Array(BUFFER_BYTES);
  return async function readResponse() {
    let length = 0;
    let bodyStart: number | undefined;
    let whole: number | undefined;
    let status = 0;
    const text = (from: number) => decoder.decode(buffer.subarray(from, length));
    const isRead = () =>
      whole === undefined
        ? bodyStart !== undefined && text(Math.max(0, length - LAST_CHUNK.length)) === LAST_CHUNK
        : length >= whole;
    while (!isRead()) {
      if (length === BUFFER_BYTES) throw new Error(`an answer of over ${BUFFER_BYTES} bytes`);
      const read = await connection.read(buffer.subarray(length));
      if (read === null) throw new Error("the server closed the connection");
      length += read;
      if (bodyStart !== undefined) continue;
      const [head, ...rest] = text(0).split(HEADER_END);
      if (head === undefined || rest.length === 0) continue;
      status = Number(head.slice(9, 12));
      onHead?.(head);
      bodyStart = encoder.encode(head).length + HEADER_END.length;
      const contentLength = CONTENT_LENGTH.exec(head)?.[1];
      if (contentLength !== undefined) whole = bodyStart + Number(contentLength);
      else if (!CHUNKED.test(head)) throw new Error(`an answer without a length: ${head}`);
    }
    onBody?.(buffer.subarray(bodyStart, whole ?? length));
    return status;
  };
}
