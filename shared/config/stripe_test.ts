import assert from "node:assert/strict";
import { ConfigError, loadConfig, stripePublishableKeySection, stripeSection } from "./mod.ts";

const KEYS = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
  PUBLIC_URL: "https://tickets.example/",
};

const read = (env: Record<string, string>) => loadConfig(env, { stripe: stripeSection }).stripe;

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

Deno.test("stripeSection() is undefined without any of the keys", () => {
  assert.equal(read({ PUBLIC_URL: "https://tickets.example" }), undefined);
});

Deno.test("stripeSection() reads the keys and where buyers come back to", () => {
  assert.deepEqual(read(KEYS), {
    secretKey: "sk_test_1",
    webhookSecret: "whsec_1",
    publicUrl: "https://tickets.example",
    apiUrl: undefined,
  });
});

Deno.test("stripeSection() names each key that lacks beside others", () => {
  const { STRIPE_SECRET_KEY } = KEYS;
  const all = "STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET";
  const text = `is required: ${all} are set together, or none of them`;
  assert.deepEqual(problemsOf({ STRIPE_SECRET_KEY }).slice(0, 2), [
    `STRIPE_PUBLISHABLE_KEY ${text}`,
    `STRIPE_WEBHOOK_SECRET ${text}`,
  ]);
  const { PUBLIC_URL: _, ...keys } = KEYS;
  assert.deepEqual(problemsOf(keys), [
    "PUBLIC_URL is required with STRIPE_SECRET_KEY: banks lead buyers back to it",
  ]);
});

Deno.test("stripeSection() refuses keys of another kind or mode, and names no value", () => {
  const swapped = problemsOf({ ...KEYS, STRIPE_PUBLISHABLE_KEY: "sk_live_secret" });
  assert.ok(swapped.includes("STRIPE_PUBLISHABLE_KEY is no such key of Stripe"));
  assert.doesNotMatch(swapped.join(), /sk_live_secret/);
  assert.deepEqual(problemsOf({ ...KEYS, STRIPE_SECRET_KEY: "sk_live_1" }), [
    "STRIPE_PUBLISHABLE_KEY must be of the same mode (test or live) as STRIPE_SECRET_KEY",
  ]);
});

Deno.test("STRIPE_API_URL must be on this machine: the secret key goes there", () => {
  for (const url of ["http://127.0.0.1:99", "http://localhost:99", "http://[::1]:99"]) {
    assert.equal(read({ ...KEYS, STRIPE_API_URL: url })?.apiUrl, url);
  }
  for (const url of ["http://api.example", "https://127.0.0.1.example", "nonsense"]) {
    assert.deepEqual(problemsOf({ ...KEYS, STRIPE_API_URL: url }), [
      "STRIPE_API_URL must be http:// on this machine: it is for tests",
    ], url);
  }
});

Deno.test("stripePublishableKeySection() takes a publishable key alone", () => {
  const key = (STRIPE_PUBLISHABLE_KEY: string) =>
    loadConfig({ STRIPE_PUBLISHABLE_KEY }, { key: stripePublishableKeySection }).key;
  assert.equal(key(""), undefined);
  assert.equal(key("pk_test_1"), "pk_test_1");
  assert.throws(() => key("sk_test_1"), /STRIPE_PUBLISHABLE_KEY is no such key of Stripe/);
});
