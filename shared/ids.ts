import { createHash, randomBytes } from "node:crypto";

const SECRET_BYTES = 16;

/** A new random id (UUIDv4). */
export function newId(): string {
  return crypto.randomUUID();
}

/** Source of unguessable ids and secrets: a dependency, so that a simulation can repeat them. */
export interface IdSource {
  newId(): string;
  /** 128 bits, as base64url. */
  newSecret(): string;
}

export const RANDOM_IDS: IdSource = {
  newId,
  newSecret: () => randomBytes(SECRET_BYTES).toString("base64url"),
};

/**
 * An id derived from its parts: the same parts give the same UUID (RFC 9562, version 5).
 * Each part is length-prefixed, so `["a", "bc"]` and `["ab", "c"]` differ.
 *
 * @param namespace a UUID that separates one use from another
 */
export function deriveId(namespace: string, ...parts: string[]): string {
  let name = namespace;
  for (const part of parts) name += `${part.length}:${part}`;
  const hex = createHash("sha1").update(name).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${
    hex.slice(17, 20)
  }-${hex.slice(20, 32)}`;
}
