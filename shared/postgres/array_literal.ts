/** What needs no quotes in an array literal, and is neither empty nor NULL. */
const PLAIN = /^(?!null$)[\w:.+-]+$/i;

/**
 * Plain values (ids, numbers, times, codes) as PostgreSQL's array literal, `{a,b}`: for parameters of
 * batches, where the client's own quoting of each element costs more than the database's work on it.
 *
 * @throws {RangeError} a value would need quotes
 */
export function arrayLiteral(values: readonly (string | number)[]): string {
  for (const value of values) {
    if (typeof value === "string" && !PLAIN.test(value)) {
      throw new RangeError(
        `Cannot write an array literal as its values must be plain: one is "${value}"`,
      );
    }
  }
  return `{${values.join(",")}}`;
}
