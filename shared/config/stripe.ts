import { z } from "zod";
import type { EnvReader } from "./env_reader.ts";
import { isLoopback } from "./values.ts";

/** Access to a Stripe account. */
export interface StripeConfig {
  secretKey: string;
  /** Signs the webhooks of the endpoint. */
  webhookSecret: string;
  /** Where buyers come back to from their bank: the platform's address, without a trailing slash. */
  publicUrl: string;
  /** Stripe's API; another one on this machine only in tests. */
  apiUrl?: string | undefined;
}

const KEYS = ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"] as const;

const PREFIXES = {
  STRIPE_SECRET_KEY: /^(sk|rk)_(test|live)_/,
  STRIPE_PUBLISHABLE_KEY: /^pk_(test|live)_/,
  STRIPE_WEBHOOK_SECRET: /^whsec_/,
} as const satisfies Record<typeof KEYS[number], RegExp>;

const MODE = /_(test|live)_/;

/** Reads access to Stripe; `undefined` where none of its keys is set. Some of them without the others is a mistake. */
export function stripeSection(env: EnvReader): StripeConfig | undefined {
  if (!KEYS.some((name) => env.has(name))) return undefined;
  const [secretKey, publishableKey, webhookSecret] = KEYS.map((name) => readKey(env, name));
  if (modeOf(secretKey) !== modeOf(publishableKey)) {
    env.problem(
      "STRIPE_PUBLISHABLE_KEY",
      "must be of the same mode (test or live) as STRIPE_SECRET_KEY",
    );
  }
  if (!env.has("PUBLIC_URL")) {
    env.problem("PUBLIC_URL", "is required with STRIPE_SECRET_KEY: banks lead buyers back to it");
  }
  return {
    secretKey: secretKey ?? "",
    webhookSecret: webhookSecret ?? "",
    publicUrl: env.read("PUBLIC_URL", z.string().optional())?.replace(/\/+$/, "") ?? "",
    apiUrl: readApiUrl(env),
  };
}

/** Reads the key that pages load Stripe's script with; without one they show the mock provider. */
export function stripePublishableKeySection(env: EnvReader): string | undefined {
  return env.has("STRIPE_PUBLISHABLE_KEY") ? readKey(env, "STRIPE_PUBLISHABLE_KEY") : undefined;
}

function readKey(env: EnvReader, name: typeof KEYS[number]): string | undefined {
  if (!env.has(name)) {
    env.problem(name, `is required: ${KEYS.join(", ")} are set together, or none of them`);
    return undefined;
  }
  const key = env.read(name, z.string());
  if (!PREFIXES[name].test(key)) env.problem(name, "is no such key of Stripe");
  return key;
}

function modeOf(key: string | undefined): string | undefined {
  return key === undefined ? undefined : MODE.exec(key)?.[1];
}

/** The secret key goes to this address, so nobody but a test's server may be there. */
function readApiUrl(env: EnvReader): string | undefined {
  const text = env.read("STRIPE_API_URL", z.string().optional());
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const isOurs = url?.protocol === "http:" && isLoopback(url.hostname.replace(/^\[|\]$/g, ""));
  if (!isOurs) env.problem("STRIPE_API_URL", "must be http:// on this machine: it is for tests");
  return text;
}
