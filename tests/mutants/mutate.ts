/** A mistake that a change could make, and the tests that must notice it. */
export interface Mutant {
  /** What it would break. */
  name: string;
  /** The file that it is in, from the project's root. */
  file: string;
  /** Texts that are there exactly once, and what stands there instead. */
  edits: readonly (readonly [find: string, replace: string])[];
  /** The test files of which at least one test must fail by an assertion. */
  tests: readonly string[];
}

/**
 * The text of a mutant's file with its mistake.
 *
 * @throws {Error} a text to replace is not there exactly once: the code has changed, and so must the mutant
 */
export function mutate(text: string, { name, file, edits }: Mutant): string {
  return edits.reduce((mutated, [find, replace]) => {
    const count = mutated.split(find).length - 1;
    if (count !== 1) {
      throw new Error(
        `Cannot make the mutant "${name}" as its text must be in ${file} once: it is ${count} times\n${find}`,
      );
    }
    return mutated.replace(find, () => replace);
  }, text);
}
