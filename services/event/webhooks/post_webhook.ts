import type { IncomingMessage } from "node:http";
import type { RequestOptions } from "node:https";
import type { Endpoint } from "./endpoint.ts";

/** From the beginning of the connection to the end of the answer. */
const TIME_LIMIT_MS = 10_000;
/** The answer is read so far, and its connection closed then. */
const MAX_ANSWER_BYTES = 65_536;
/** What is kept of an answer for the log. */
const MAX_KEPT_BYTES = 512;
const USER_AGENT = "Evently-Webhooks/1 (+https://www.standardwebhooks.com)";

/** What an endpoint answered. */
export interface WebhookAnswer {
  status: number;
  /** The first bytes of its body, as text. */
  start: string;
}

/** One request to an endpoint. */
export interface WebhookPost {
  endpoint: Endpoint;
  /** Checked before; the connection goes there, whatever the name resolves to by now. */
  address: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Certificates of authorities that are trusted instead of the system's; for tests. */
  ca?: string | undefined;
  /** How long the request and its answer may take. */
  limitMs?: number | undefined;
}

/** Posts to an endpoint; {@link postWebhook} unless a test replaces it. */
export type PostWebhook = (post: WebhookPost) => Promise<WebhookAnswer>;

/**
 * Posts a message to a checked address, under the name of the endpoint: TLS and `Host` have the name, and the certificate
 * must be the name's. Redirects are not followed, so their status is the answer's.
 *
 * @throws {Error} no connection, no valid certificate, no whole answer in time
 */
export async function postWebhook(
  { endpoint, address, headers, body, ca, limitMs = TIME_LIMIT_MS }: WebhookPost,
): Promise<WebhookAnswer> {
  const { url, host, port } = endpoint;
  const { request } =
    await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const options: RequestOptions = {
    method: "POST",
    host: address,
    port,
    path: url.pathname + url.search,
    // A connection of its own: none is left open to a stranger, and none is used for another one.
    agent: false,
    headers: {
      ...headers,
      host: url.host,
      "content-type": "application/json",
      "content-length": new TextEncoder().encode(body).length,
      "user-agent": USER_AGENT,
    },
    ...(host === address ? {} : { servername: host }),
    ...(ca === undefined ? {} : { ca }),
  };
  const { promise, resolve, reject } = Promise.withResolvers<WebhookAnswer>();
  const sent = request(options, (answer) => readStart(answer).then(resolve, reject));
  const timer = setTimeout(
    () => sent.destroy(new Error(`no whole answer within ${limitMs} ms`)),
    limitMs,
  );
  sent.on("error", reject);
  sent.end(body);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    sent.destroy();
  }
}

/** Reads an answer up to its bound. */
async function readStart(answer: IncomingMessage): Promise<WebhookAnswer> {
  const kept = new Uint8Array(MAX_KEPT_BYTES);
  let keptBytes = 0;
  let readBytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    const part = chunk.subarray(0, MAX_KEPT_BYTES - keptBytes);
    kept.set(part, keptBytes);
    keptBytes += part.length;
    readBytes += chunk.length;
    if (readBytes >= MAX_ANSWER_BYTES) break;
  }
  // PostgreSQL stores no NUL.
  const start = new TextDecoder().decode(kept.subarray(0, keptBytes)).replaceAll("\0", "\uFFFD");
  return { status: answer.statusCode ?? 0, start };
}
