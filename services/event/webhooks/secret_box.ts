import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Secrets } from "@evently/shared/secrets";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Separates this use of the configured secret from any other. */
const PURPOSE = "evently webhook secrets";

/** Encrypts signing keys for storage, so that a copy of the database cannot sign. */
export class SecretBox {
  readonly #keys: readonly [current: Uint8Array, ...others: Uint8Array[]];

  /** @param secrets configured, never stored: keys are derived from them; the first one seals, all of them open */
  constructor([current, ...others]: Secrets) {
    this.#keys = [sealingKey(current), ...others.map(sealingKey)];
  }

  /** Encrypts the key of a webhook; it can be opened for the same webhook alone. */
  seal(webhookId: string, key: Uint8Array): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#keys[0], iv).setAAD(Buffer.from(webhookId));
    const sealed = [cipher.update(key), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
  }

  /** @throws {Error} it was sealed for another webhook, or by none of the secrets */
  open(webhookId: string, sealed: Uint8Array): Uint8Array {
    return this.#opened(webhookId, sealed).key;
  }

  /**
   * What was sealed by another than the current secret, sealed by the current one; `undefined` if it was already.
   *
   * @throws {Error} as {@link open}
   */
  resealed(webhookId: string, sealed: Uint8Array): Uint8Array | undefined {
    const { key, isCurrent } = this.#opened(webhookId, sealed);
    return isCurrent ? undefined : this.seal(webhookId, key);
  }

  #opened(webhookId: string, sealed: Uint8Array): { key: Uint8Array; isCurrent: boolean } {
    const failures: unknown[] = [];
    for (const key of this.#keys) {
      try {
        return { key: openBy(key, webhookId, sealed), isCurrent: failures.length === 0 };
      } catch (error) {
        failures.push(error);
      }
    }
    throw new AggregateError(failures, "no configured secret opens it");
  }
}

function sealingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", PURPOSE, KEY_BYTES));
}

function openBy(key: Uint8Array, webhookId: string, sealed: Uint8Array): Uint8Array {
  const [iv, tag] = [
    sealed.subarray(0, IV_BYTES),
    sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
  ];
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(webhookId))
    .setAuthTag(tag);
  return Buffer.concat([
    decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}
