import type { Argon2 } from "./argon2.ts";
import { openNativeArgon2 } from "./native.ts";
import { openWasmArgon2 } from "./wasm.ts";

/** A core is left to everything else, where there is another. */
export const HASHING_THREADS = Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1));

/** From the best to what runs everywhere. */
const IMPLEMENTATIONS = [openNativeArgon2, openWasmArgon2];

/**
 * The first implementation that works here.
 *
 * @throws {AggregateError} none does
 */
export async function openArgon2(
  implementations: readonly (() => Argon2 | Promise<Argon2>)[] = IMPLEMENTATIONS,
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
/** The cheapest hash of it that there is. */
const TEST_HASH =
  "$argon2id$v=19$m=8,t=1,p=1$Ax+GmRTK/lgB/5EIN+3UWg$mlJe/uY41ojyGGL+5GeSLvTdXuXqm60kz5Njvp0clJY";

/** That an implementation loads does not say that it computes. */
async function selfTest({ verify }: Argon2): Promise<void> {
  if (!await verify(TEST_PASSWORD, TEST_HASH)) {
    throw new Error("an argon2 implementation failed its self-test");
  }
}
