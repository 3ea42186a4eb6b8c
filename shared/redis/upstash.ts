import { Redis } from "@upstash/redis";
import { CLIENT_OPTIONS } from "./client.ts";

/** How long a request over HTTPS may take, all of it. */
const REQUEST_TIMEOUT_MS = 1_000;

/**
 * The client over HTTPS.
 *
 * @param url `https://…`, from Upstash
 * @param token the secret that goes with it
 */
export function openUpstash({ url, token }: { url: string; token: string }): Redis {
  return new Redis({
    url,
    token,
    ...CLIENT_OPTIONS,
    // Every other setting sends a write again of which it is unknown whether it was done:
    // an INCR would count twice.
    retry: { retries: 0 },
    // A function, as the client takes the abort of a plain signal for a reply.
    signal: () => AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
}
