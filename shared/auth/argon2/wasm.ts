import { type Argon2, ARGON2_COST, HASH_BYTES, SALT_BYTES } from "./argon2.ts";

/** WebAssembly: runs everywhere, and holds up the thread that it runs on. */
export async function openWasmArgon2(): Promise<Argon2> {
  const { argon2id, argon2Verify } = await import("hash-wasm");
  const { memory_kib, passes, lanes } = ARGON2_COST;
  return {
    hash: (password) =>
      argon2id({
        password,
        salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
        memorySize: memory_kib,
        iterations: passes,
        parallelism: lanes,
        hashLength: HASH_BYTES,
        outputType: "encoded",
      }),
    verify: (password, hash) => argon2Verify({ password, hash }),
  };
}
