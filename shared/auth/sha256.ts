import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** SHA-256 of a text. It hides a text that nobody can guess, such as a token; passwords need a slow hash. */
export function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
