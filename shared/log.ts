import { escapeControls } from "./output/escape_controls.ts";
import { STANDARD_OUTPUT } from "./output/standard.ts";
import { plainValue } from "./output/plain_value.ts";

/** How grave an entry is; `LOG_LEVEL` leaves out what is below it. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What an entry carries beside its message. An `Error` is written with its stack and causes. */
export type LogFields = Record<string, unknown>;
/** The fields, or what makes them where the entry is written at all. */
export type LazyLogFields = LogFields | (() => LogFields);

/** Structured log: one JSON object a line. */
export interface Logger {
  debug(message: string, fields?: LazyLogFields): void;
  info(message: string, fields?: LazyLogFields): void;
  warn(message: string, fields?: LazyLogFields): void;
  error(message: string, fields?: LazyLogFields): void;
  /** A logger that adds `fields` to each of its entries. */
  with(fields: LogFields): Logger;
}

/** Where lines go, and what is left out. */
export interface LoggerOptions {
  level: LogLevel;
  /** Takes whole lines, each ending in a newline. */
  write?: (lines: string) => void;
}

/** A logger that writes to standard output; no reader of that can hold it up. */
export function createLogger({ level, write = toStandardOutput }: LoggerOptions): Logger {
  const lowest = LOG_LEVELS.indexOf(level);

  function loggerWith(context: LogFields): Logger {
    function entry(entryLevel: LogLevel) {
      const enabled = LOG_LEVELS.indexOf(entryLevel) >= lowest;
      return function log(message: string, lazyFields?: LazyLogFields): void {
        if (!enabled) return;
        const fields = typeof lazyFields === "function" ? lazyFields() : lazyFields;
        const time = new Date().toISOString();
        const entry = { time, level: entryLevel, message, ...context, ...fields };
        write(escapeControls(JSON.stringify(entry, plainValue)) + "\n");
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

function toStandardOutput(lines: string): void {
  STANDARD_OUTPUT.write(lines);
}
