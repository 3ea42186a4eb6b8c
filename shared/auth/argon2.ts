/** An implementation of argon2id (RFC 9106); hashes are PHC strings, which every implementation reads. */
export interface Argon2 {
  /** Returns a salted hash: `$argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>`. */
  hash(password: Uint8Array): Promise<string>;
  /**
   * Whether `hash` was made of this password, by the parameters in the hash.
   *
   * @throws {Error} `hash` is not a PHC string
   */
  verify(password: Uint8Array, hash: string): Promise<boolean>;
}

/** The minimum that OWASP's password storage cheat sheet recommends for argon2id. */
export const ARGON2_COST = { memoryKib: 19 * 1024, passes: 2, lanes: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** `Algorithm.Argon2id`; the package exports the enum only as a type. */
const ARGON2ID = 2;

/** Threads for hashing; one core stays free for other work, if there is more than one. */
export const HASHING_THREADS = Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1));

/**
 * Opens the implementation in native code, which runs on threads of its own.
 *
 * @throws {Error} it does not load: unsupported platform, or no `--allow-ffi`
 */
export async function openNativeArgon2(): Promise<Argon2> {
  const { hash, verify } = await import("@node-rs/argon2");
  const options = {
    algorithm: ARGON2ID,
    memoryCost: ARGON2_COST.memoryKib,
    timeCost: ARGON2_COST.passes,
    parallelism: ARGON2_COST.lanes,
    outputLen: HASH_BYTES,
  };
  return {
    hash: (password) => hash(password, options),
    verify: (password, phc) => verify(phc, password),
  };
}

/** Opens the implementation in WebAssembly, which runs everywhere and blocks the event loop. */
export async function openWasmArgon2(): Promise<Argon2> {
  const { argon2id, argon2Verify } = await import("hash-wasm");
  return {
    hash: (password) =>
      argon2id({
        password,
        salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
        memorySize: ARGON2_COST.memoryKib,
        iterations: ARGON2_COST.passes,
        parallelism: ARGON2_COST.lanes,
        hashLength: HASH_BYTES,
        outputType: "encoded",
      }),
    verify: (password, hash) => argon2Verify({ password, hash }),
  };
}

/**
 * Opens the first implementation that works on this platform.
 *
 * @throws {AggregateError} none works
 */
export async function openArgon2(
  implementations: readonly (() => Argon2 | Promise<Argon2>)[] = [openNativeArgon2, openWasmArgon2],
): Promise<Argon2> {
  const failures: unknown[] = [];
  for (const open of implementations) {
    try {
      const argon2 = await open();
      await selfTest(argon2);
      return argon2;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "Cannot hash passwords as no argon2 implementation works");
}

const TEST_PASSWORD = new TextEncoder().encode("password");
/** A hash of the test password with minimal cost. */
const TEST_HASH =
  "$argon2id$v=19$m=8,t=1,p=1$Ax+GmRTK/lgB/5EIN+3UWg$mlJe/uY41ojyGGL+5GeSLvTdXuXqm60kz5Njvp0clJY";

/** Checks that an implementation computes correctly, as one may load and still not work. */
async function selfTest({ verify }: Argon2): Promise<void> {
  if (!await verify(TEST_PASSWORD, TEST_HASH)) {
    throw new Error("an argon2 implementation failed its self-test");
  }
}
