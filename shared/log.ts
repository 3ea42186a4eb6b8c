/** How grave an entry is; `LOG_LEVEL` leaves out what is below it. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What an entry carries beside its message. An `Error` is written with its stack and causes. */
export type LogFields = Record<string, unknown>;

/** Structured log: one JSON object a line. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to each of its entries. */
  with(fields: LogFields): Logger;
}

/** Where lines go, and what is left out. */
export interface LoggerOptions {
  level: LogLevel;
  /** Takes whole lines, each ending in a newline. */
  write?: (lines: string) => void;
}

const MAX_BUFFERED_CHARS = 64 * 1024;

/** A logger that writes to standard output, many lines a system call. */
export function createLogger({ level, write = bufferedStdout() }: LoggerOptions): Logger {
  const lowest = LOG_LEVELS.indexOf(level);

  function loggerWith(context: LogFields): Logger {
    function entry(entryLevel: LogLevel) {
      const enabled = LOG_LEVELS.indexOf(entryLevel) >= lowest;
      return function log(message: string, fields?: LogFields): void {
        if (!enabled) return;
        const time = new Date().toISOString();
        write(
          JSON.stringify({ time, level: entryLevel, message, ...context, ...fields }, plain) + "\n",
        );
      };
    }
    return {
      debug: entry("debug"),
      info: entry("info"),
      warn: entry("warn"),
      error: entry("error"),
      with: (fields) => loggerWith({ ...context, ...fields }),
    };
  }
  return loggerWith({});
}

/** Says nothing. */
export const SILENT_LOGGER: Logger = createLogger({ level: "silent", write: () => {} });

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return {
    name: value.name,
    message: value.message,
    ...("code" in value ? { code: value.code } : {}),
    stack: value.stack,
    ...(value.cause === undefined ? {} : { cause: value.cause }),
  };
}

/** Collects the lines of one turn of the event loop, so that a busy server does not pay a call a line. */
function bufferedStdout(): (lines: string) => void {
  const encoder = new TextEncoder();
  let buffer = "";

  function flush(): void {
    let bytes = encoder.encode(buffer);
    buffer = "";
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  }

  globalThis.addEventListener("unload", flush);
  return function write(lines: string): void {
    if (buffer === "") setTimeout(() => buffer !== "" && flush(), 0);
    buffer += lines;
    if (buffer.length > MAX_BUFFERED_CHARS) flush();
  };
}
