/** PostgreSQL's class of data exceptions: their texts quote the value, which may be a secret. */
const DATA_EXCEPTION_CLASS = "22";
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** What `JSON.stringify` makes of a log entry's value; an error keeps its name, text, code, stack and causes. */
export function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  const text = textCleaner(value);
  return {
    name: value.name,
    message: text(value.message),
    ...("code" in value ? { code: value.code } : {}),
    stack: value.stack === undefined ? undefined : text(value.stack),
    ...(value.cause === undefined ? {} : { cause: value.cause }),
  };
}

function textCleaner(error: Error): (text: string) => string {
  const quotes = error.name === "PostgresError" && "code" in error &&
    String(error.code).startsWith(DATA_EXCEPTION_CLASS);
  return (text) => quotes ? text.replace(QUOTED, '"…"') : text;
}
