import type postgres from "postgres";

/** Object ids of a type and of its arrays: fixed for PostgreSQL's own types, see `pg_type.dat` of its sources. */
const ARRAYS = {
  booleans: { of: 16, is: 1000, parse: (text: string) => text === "t" },
  int8s: { of: 20, is: 1016, parse: undefined },
  int4s: { of: 23, is: 1007, parse: Number },
  texts: { of: 25, is: 1009, parse: String },
  timestamps: { of: 1184, is: 1185, parse: (text: string) => new Date(text) },
  uuids: { of: 2950, is: 2951, parse: String },
} as const;

/**
 * The arrays that our statements take and give, of one dimension.
 *
 * The client would ask each new connection for them; when the server crashes just then, that question fails
 * where nobody can catch it, and the process ends.
 *
 * @param parseInt8 how the rest of the pool reads a bigint
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

/** A text is taken for a literal already. */
function toLiteral(values: unknown): string {
  if (!Array.isArray(values)) return String(values);
  return `{${values.map(toElement).join(",")}}`;
}

function toElement(value: unknown): string {
  if (value === null) return "NULL";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** An element in quotes with its escapes, or one without. */
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
