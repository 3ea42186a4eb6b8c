import { toMajor } from "@evently/shared/money";
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
 * @param options.currency of amounts, whose names end in `Minor`, before and after
 */
export function changedFields(
  after: object,
  before: object = {},
  { currency }: { currency?: { from: string; to: string } } = {},
): ChangedField[] {
  const old = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([, value]) => value !== undefined)
    .slice(0, MAX_FIELDS)
    .map(([name, value]) => ({
      field: wireName(name),
      from: shown(major(name, old.get(name), currency?.from)),
      to: shown(major(name, value, currency?.to)),
    }))
    .filter(({ from, to }) => from !== to);
}

/** An amount in major units; any other value as it is. */
function major(name: string, value: unknown, currency: string | undefined): unknown {
  const isAmount = currency !== undefined && name.endsWith("Minor") && typeof value === "number";
  return isAmount ? toMajor(value, currency) : value;
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
  return WIRE_NAMES[name] ??
    name.replace(/Minor$/, "").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  startsAt: "start_datetime",
  endsAt: "end_datetime",
};
