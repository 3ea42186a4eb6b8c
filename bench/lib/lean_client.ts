import { responseReader, writeAll } from "./http_load.ts";

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

const CACHE_STATUS = /\r\ncache-status: *([^\r]*)/i;
const encoder = new TextEncoder();

/** Makes a client with as many connections as requests are in flight at once; they live as long as the process. */
export function leanClient(port: number): LeanClient {
  const idle: Line[] = [];
  return {
    async send(request) {
      const line = idle.pop() ?? await open(port);
      const answer = await line(request);
      idle.push(line);
      return answer;
    },
  };
}

/** A connection, which has one request in flight. */
type Line = LeanClient["send"];

async function open(port: number): Promise<Line> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let head = "";
  const read = responseReader(connection, undefined, (text) => head = text);
  return async (request) => {
    await writeAll(connection, request);
    const status = await read();
    return { ok: 200 <= status && status < 300, cacheStatus: CACHE_STATUS.exec(head)?.[1] };
  };
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
