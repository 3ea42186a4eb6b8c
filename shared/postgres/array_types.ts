import type postgres from "postgres";
import { arrayLiteral } from "./array_literal.ts";

/** Object ids of types and of their arrays: fixed for PostgreSQL's own types, see `pg_type.dat` of its sources. */
const ARRAYS = {
  booleans: { of: 16, is: 1000, parse: (text: string) => text === "t" },
  int8s: { of: 20, is: 1016, parse: undefined },
  int4s: { of: 23, is: 1007, parse: Number },
  texts: { of: 25, is: 1009, parse: String },
  timestamps: { of: 1184, is: 1185, parse: (text: string) => new Date(text) },
  uuids: { of: 2950, is: 2951, parse: String },
} as const;

/**
 * The array types of our statements, of one dimension. The client would query each new connection for them; if the
 * server crashes at that moment, the query fails where nothing can catch it, and the process ends.
 *
 * @param parseInt8 reads a bigint, as the rest of the pool does
 */
export function arrayTypes(
  parseInt8: (text: string) => unknown,
): Record<string, postgres.PostgresType> {
  return Object.fromEntries(
    Object.entries(ARRAYS).map(([name, { is, parse }]) => [name, {
      to: is,
      from: [is],
      serialize: toLiteral,
      parse: (text: string) => parseLiteral(text, parse ?? parseInt8),
    }]),
  );
}

/** A string is a literal already. */
function toLiteral(values: unknown): string {
  return Array.isArray(values) ? arrayLiteral(values) : String(values);
}

/** An element with quotes and escapes, or one without. */
const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

function parseLiteral(literal: string, parse: (text: string) => unknown): unknown[] {
  if (literal.startsWith("{{")) {
    throw new RangeError(`Cannot read an array as it must have one dimension: it is ${literal}`);
  }
  return Array.from(literal.matchAll(ELEMENT), ([, quoted, plain]) => {
    if (quoted !== undefined) return parse(quoted.replace(/\\(.)/gs, "$1"));
    return plain === "NULL" ? null : parse(plain!);
  });
}
