/** A broken invariant. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** Asserts an invariant. @throws {Violation} with the shown values, if it does not hold */
export function assertHolds(holds: boolean, violation: string, ...shown: unknown[]): asserts holds {
  if (holds) return;
  const details = shown.map((value) => JSON.stringify(value)).join("\n  ");
  throw new Violation(details ? `${violation}\n  ${details}` : violation);
}
