import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Separates this use of the configured secret from any other. */
const PURPOSE = "evently webhook secrets";

/** Encrypts signing keys for storage, so that a copy of the database cannot sign. */
export class SecretBox {
  readonly #key: Uint8Array;

  /** @param secret configured, never stored: the key is derived from it */
  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync("sha256", secret, "", PURPOSE, KEY_BYTES));
  }

  /** Encrypts the key of a webhook; it can be opened for the same webhook alone. */
  seal(webhookId: string, key: Uint8Array): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(webhookId));
    const sealed = [cipher.update(key), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
  }

  /** @throws {Error} it was sealed for another webhook, or the configured secret was another one */
  open(webhookId: string, sealed: Uint8Array): Uint8Array {
    const [iv, tag] = [
      sealed.subarray(0, IV_BYTES),
      sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
    ];
    const decipher = createDecipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(webhookId))
      .setAuthTag(tag);
    return Buffer.concat([
      decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
  }
}
