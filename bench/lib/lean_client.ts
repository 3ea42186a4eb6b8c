import { writeAll } from "./http_load.ts";

/** What a load needs of an answer; its body is read, and not parsed. */
export interface LeanAnswer {
  ok: boolean;
  /** The value of its `Cache-Status`, if it has one. */
  cacheStatus: string | undefined;
}

/** A client that takes little of the machine: `fetch` costs more than the answers that are measured. */
export interface LeanClient {
  /** Sends a request as bytes. */
  send(request: Uint8Array): Promise<LeanAnswer>;
}

/** The largest answer, with its headers. */
const BUFFER_BYTES = 256 * 1024;
const HEADER_END = "\r\n\r\n";
/** What ends an answer in chunks. */
const LAST_CHUNK = "\r\n0\r\n\r\n";
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;
const CACHE_STATUS = /\r\ncache-status: *([^\r]*)/i;
const decoder = new TextDecoder("latin1");
const encoder = new TextEncoder();

/** Makes a client with as many connections as requests are in flight at once; they live as long as the process. */
export function leanClient(port: number): LeanClient {
  const idle: Line[] = [];
  return {
    async send(request) {
      const line = idle.pop() ?? new Line(await Deno.connect({ hostname: "127.0.0.1", port }));
      const answer = await line.ask(request);
      idle.push(line);
      return answer;
    },
  };
}

/** A connection with one request in flight. */
class Line {
  readonly #connection: Deno.TcpConn;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async ask(request: Uint8Array): Promise<LeanAnswer> {
    await writeAll(this.#connection, request);
    let length = 0;
    let head: string | undefined;
    let whole: number | undefined;
    while (whole === undefined ? !this.#endsInLastChunk(length, head) : length < whole) {
      if (length === BUFFER_BYTES) throw new Error(`an answer of over ${BUFFER_BYTES} bytes`);
      const read = await this.#connection.read(this.#buffer.subarray(length));
      if (read === null) throw new Error("the server closed the connection");
      length += read;
      if (head !== undefined) continue;
      const text = decoder.decode(this.#buffer.subarray(0, length));
      const end = text.indexOf(HEADER_END);
      if (end < 0) continue;
      head = text.slice(0, end);
      const bodyBytes = CONTENT_LENGTH.exec(head)?.[1];
      if (bodyBytes !== undefined) whole = end + HEADER_END.length + Number(bodyBytes);
    }
    return { ok: head?.charAt(9) === "2", cacheStatus: CACHE_STATUS.exec(head ?? "")?.[1] };
  }

  #endsInLastChunk(length: number, head: string | undefined): boolean {
    if (head === undefined) return false;
    const end = this.#buffer.subarray(Math.max(0, length - LAST_CHUNK.length), length);
    return decoder.decode(end) === LAST_CHUNK;
  }
}

/** A request with a JSON body or none, as bytes. */
export function requestBytes(method: "GET" | "POST", path: string, body?: unknown): Uint8Array {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  if (body === undefined) return encoder.encode(`${head}\r\n`);
  const json = JSON.stringify(body);
  const bytes = encoder.encode(json).length;
  return encoder.encode(
    `${head}Content-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n${json}`,
  );
}
