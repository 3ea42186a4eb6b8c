import { createHmac, randomBytes } from "node:crypto";
import { Buffer } from "node:buffer";

const KEY_BYTES = 32;
const PREFIX = "whsec_";

/** A new signing key. */
export function newSigningKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** A signing key as its owner sees it, and as libraries for Standard Webhooks take it. */
export function secretText(key: Uint8Array): string {
  return PREFIX + Buffer.from(key).toString("base64");
}

/**
 * The headers by which a receiver verifies a message, of the convention Standard Webhooks: the signature covers id, time
 * and body. There is one for each key, as the receiver may know any of them.
 */
export function signedHeaders(
  { id, body }: { id: string; body: string },
  { keys, now }: { keys: readonly Uint8Array[]; now: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = keys.map((key) =>
    `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
