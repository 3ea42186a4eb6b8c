type Element = string | number | boolean | Date | null;

/** Elements that need no quotes: not empty, not NULL, and without spaces, commas, braces, quotes or backslashes. */
const PLAIN = /^(?!null$)[\w:.+-]+$/i;

/**
 * Writes an array of one dimension as PostgreSQL's array literal, `{a,"b c"}`. Batches consist of ids, numbers and
 * times, which need no quotes; joining them costs less than half of quoting each.
 */
export function arrayLiteral(values: readonly Element[]): string {
  return `{${(isPlain(values) ? values : values.map(toElement)).join(",")}}`;
}

function isPlain(values: readonly Element[]): boolean {
  for (const value of values) {
    if (typeof value === "number") continue;
    if (typeof value !== "string" || !PLAIN.test(value)) return false;
  }
  return true;
}

function toElement(value: Element): string {
  if (value === null) return "NULL";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return PLAIN.test(text) ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
