/** Something happened that must never happen. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** @throws {Violation} unless it holds */
export function must(holds: boolean, what: string, ...shown: unknown[]): asserts holds {
  if (holds) return;
  const details = shown.map((value) => JSON.stringify(value)).join("\n  ");
  throw new Violation(details ? `${what}\n  ${details}` : what);
}
