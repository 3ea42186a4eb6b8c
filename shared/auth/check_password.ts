import { Unavailable } from "../errors/mod.ts";
import type { PasswordHasher } from "./passwords.ts";

/** An account's hash, and how a newer one takes its place. */
export interface StoredPassword {
  hash: string;
  replace: (newHash: string) => Promise<unknown>;
}

/**
 * Whether a password is an account's. A hash of an older form of the text is replaced, unless too many passwords
 * wait to be hashed: then the next log-in does it.
 *
 * @param stored `undefined` where there is no such account, which costs the same work
 * @throws {Unavailable} too many passwords wait to be verified
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
