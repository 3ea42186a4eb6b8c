/** Prints a line of a benchmark's report. */
export function print(text = ""): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** The median; of an even number of values the upper middle one. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** A whole number from the environment, or the default. */
export function setting(name: string, fallback: number): number {
  return Number(Deno.env.get(name) ?? fallback);
}

/** Formats answers by status, e.g. `200: 500, 409: 49500`. */
export function statuses(answers: ReadonlyMap<number, number>): string {
  return [...answers].sort().map(([status, n]) => `${status}: ${n}`).join(", ");
}

/**
 * Asserts a condition of correctness, never a time.
 *
 * @throws {Error} the condition is false
 */
export function mustHold(holds: boolean, breach: string): void {
  if (!holds) throw new Error(`Correctness breach: ${breach}`);
}
