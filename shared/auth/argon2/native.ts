import { type Argon2, ARGON2_COST, HASH_BYTES } from "./argon2.ts";

/** The package exports its enum only as a type. */
const ARGON2ID = 2;

/**
 * Native code, on threads of its own.
 *
 * @throws {Error} it does not load: another platform, no `--allow-ffi`
 */
export async function openNativeArgon2(): Promise<Argon2> {
  const { hash, verify } = await import("@node-rs/argon2");
  const { memory_kib, passes, lanes } = ARGON2_COST;
  return {
    hash: (password) =>
      hash(password, {
        algorithm: ARGON2ID,
        memoryCost: memory_kib,
        timeCost: passes,
        parallelism: lanes,
        outputLen: HASH_BYTES,
      }),
    verify: (password, phc) => verify(phc, password),
  };
}
