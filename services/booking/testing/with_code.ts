import { DomainError } from "@evently/shared/errors";

/** For `assert.rejects`: whether it is the domain's refusal of that code. */
export function withCode(expected: string): (error: unknown) => boolean {
  return (error) => error instanceof DomainError && error.code === expected;
}
