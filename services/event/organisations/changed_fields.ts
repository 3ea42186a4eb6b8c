import type { ChangedField, FieldValue } from "./changes_sql.ts";

/** The most characters of a value in the log; a longer text is cut. */
const MAX_CHARS = 300;
/** More fields than anything has. */
const MAX_FIELDS = 40;

/**
 * The fields of a change for the log, with their values before and after it, by their names on the wire.
 *
 * @param after what is changed, or all of something new
 * @param before has these values as they were; without it there were none
 */
export function changedFields(after: object, before: object = {}): ChangedField[] {
  const old = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([, value]) => value !== undefined)
    .slice(0, MAX_FIELDS)
    .map(([name, value]) => ({
      field: wireName(name),
      from: shown(old.get(name)),
      to: shown(value),
    }))
    .filter(({ from, to }) => from !== to);
}

function shown(value: unknown): FieldValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const characters = [...text];
  return characters.length <= MAX_CHARS ? text : `${characters.slice(0, MAX_CHARS - 1).join("")}…`;
}

/** `startsAt` is `start_datetime`, and `publicCounts` `public_counts`. */
function wireName(name: string): string {
  return WIRE_NAMES[name] ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  startsAt: "start_datetime",
  endsAt: "end_datetime",
};
