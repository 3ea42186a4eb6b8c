import type { StripeConfig } from "@evently/shared/config";
import type { Stripe } from "stripe";

/** One try of a request. With the second one it ends within the limit of a payment call. */
const TIMEOUT_MS = 8_000;
/** Connections that break, 409 and 5xx are tried once more; every request is idempotent. */
const RETRIES = 1;

/** Opens Stripe's library at its first use, as it is large. It uses `fetch`, which every home of the platform has. */
export function openStripe({ secretKey, apiUrl }: StripeConfig): () => Promise<Stripe> {
  let client: Promise<Stripe> | undefined;
  return function stripe() {
    return client ??= load(secretKey, apiUrl);
  };
}

async function load(secretKey: string, apiUrl: string | undefined): Promise<Stripe> {
  const { Stripe } = await import("stripe");
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    appInfo: { name: "Evently" },
    ...(apiUrl === undefined ? {} : addressOf(new URL(apiUrl))),
  });
}

function addressOf({ hostname, port }: URL) {
  return { protocol: "http", host: hostname, port } as const;
}
