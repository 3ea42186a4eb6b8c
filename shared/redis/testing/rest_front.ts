import type { Requester } from "@upstash/redis";

/** A running REST front. */
export interface RestFront {
  readonly url: string;
  readonly token: string;
  /** How many requests came, since it was started. */
  readonly requests: number;
  close(): Promise<void>;
}

/** Options of {@link startRestFront}. */
export interface RestFrontOptions {
  /** Where the commands go. */
  requester: Requester;
  /** A random one by default. */
  token?: string;
  /** A free one by default. */
  port?: number;
  /** What each request takes more, as a server elsewhere would. */
  latencyMs?: number;
}

/**
 * Upstash's REST API in front of any Redis, for tests: `/` and `/pipeline`.
 *
 * @see https://upstash.com/docs/redis/features/restapi
 */
export function startRestFront(
  { requester, token = crypto.randomUUID(), port = 0, latencyMs = 0 }: RestFrontOptions,
): RestFront {
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, async (request) => {
    requests++;
    if (request.headers.get("authorization") !== `Bearer ${token}`) {
      return Response.json({ error: "Unauthorized" }, { status: 401 });
    }
    const encode = request.headers.get("upstash-encoding") === "base64" ? toBase64 : String;
    const path = new URL(request.url).pathname.split("/").filter((part) => part !== "");
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    try {
      const answer = await requester.request({ path, body: await request.json() });
      return toResponse(answer, encode);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return Response.json({ error: text }, { status: 400 });
    }
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    token,
    get requests() {
      return requests;
    },
    close: () => server.shutdown(),
  };
}

type Answer = { result?: unknown; error?: string };

function toResponse(answer: Answer | Answer[], encode: (text: string) => string): Response {
  if (Array.isArray(answer)) return Response.json(answer.map((one) => toJson(one, encode)));
  return Response.json(toJson(answer, encode), { status: answer.error === undefined ? 200 : 400 });
}

function toJson({ result, error }: Answer, encode: (text: string) => string): Answer {
  return error === undefined ? { result: encodeStrings(result, encode) } : { error };
}

function encodeStrings(value: unknown, encode: (text: string) => string): unknown {
  if (typeof value === "string") return encode(value);
  return Array.isArray(value) ? value.map((item) => encodeStrings(item, encode)) : value;
}

function toBase64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}
