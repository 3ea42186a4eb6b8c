import { Unavailable } from "../errors/mod.ts";
import type { PasswordHasher } from "./passwords.ts";

/** An account's hash, and how to replace it. */
export interface StoredPassword {
  hash: string;
  replace: (newHash: string) => Promise<unknown>;
}

/**
 * Whether a password is an account's. A hash of an older form of the text is replaced; if too many passwords are
 * waiting, the next log-in does it.
 *
 * @param stored `undefined` if there is no such account, which costs the same work
 * @throws {Unavailable} too many passwords are waiting to be verified
 */
export async function checkPassword(
  passwords: Pick<PasswordHasher, "hash" | "verify">,
  password: string,
  stored: StoredPassword | undefined,
): Promise<boolean> {
  const match = await passwords.verify(password, stored?.hash);
  if (match === "outdated" && stored) {
    const newHash = await passwords.hash(password).catch(unlessBusy);
    if (newHash !== undefined) await stored.replace(newHash);
  }
  return match !== "none";
}

function unlessBusy(error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error;
}
