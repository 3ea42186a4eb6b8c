import { type Argon2, ARGON2_COST, HASH_BYTES } from "./argon2.ts";

/** The package exports its enum only as a type. */
const ARGON2ID = 2;
const OPTIONS = {
  algorithm: ARGON2ID,
  memoryCost: ARGON2_COST.memory_kib,
  timeCost: ARGON2_COST.passes,
  parallelism: ARGON2_COST.lanes,
  outputLen: HASH_BYTES,
};

/**
 * Native code, on threads of its own.
 *
 * @throws {Error} it does not load: another platform, no `--allow-ffi`
 */
export async function openNativeArgon2(): Promise<Argon2> {
  const { hash, verify } = await import("@node-rs/argon2");
  return {
    hash: (password) => hash(password, OPTIONS),
    verify: (password, phc) => verify(phc, password),
  };
}
