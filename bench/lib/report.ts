/** Writes a line of a benchmark's report. */
export function print(text = ""): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** The middle of some figures; of an even number of them the upper one. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** A whole number from the environment, or what a benchmark takes without it. */
export function setting(name: string, fallback: number): number {
  return Number(Deno.env.get(name) ?? fallback);
}

/** Answers by status, e.g. `200: 500, 409: 49500`. */
export function statuses(answers: ReadonlyMap<number, number>): string {
  return [...answers].sort().map(([status, n]) => `${status}: ${n}`).join(", ");
}

/**
 * What a benchmark must see hold. It never judges a time.
 *
 * @throws {Error} it does not
 */
export function mustHold(holds: boolean, breach: string): void {
  if (!holds) throw new Error(`Correctness breach: ${breach}`);
}
