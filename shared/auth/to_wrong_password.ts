import { DomainError } from "../errors/mod.ts";

/**
 * For the password of somebody who is logged in: a wrong one is no reason to log in again, as `BAD_CREDENTIALS` would be.
 *
 * @throws {DomainError} `WRONG_PASSWORD` in its place; any other error as it is
 */
export function toWrongPassword(error: unknown): never {
  if (error instanceof DomainError && error.code === "BAD_CREDENTIALS") {
    throw new DomainError("WRONG_PASSWORD");
  }
  throw error;
}
