import { LOG_ENTRIES } from "./metrics/metrics.ts";
import { escapeControls } from "./output/escape_controls.ts";
import { STANDARD_OUTPUT } from "./output/standard.ts";
import { plainValue } from "./output/plain_value.ts";
import { activeSpan } from "./tracing/tracer.ts";

/** Severities of entries; entries below `LOG_LEVEL` are left out. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields of an entry beside its message. An `Error` is written with its stack and causes. */
export type LogFields = Record<string, unknown>;
/** The fields, or a function that makes them only if the entry is written. */
export type LazyLogFields = LogFields | (() => LogFields);

/** A structured log: one JSON object per line. */
export interface Logger {
  debug(message: string, fields?: LazyLogFields): void;
  info(message: string, fields?: LazyLogFields): void;
  warn(message: string, fields?: LazyLogFields): void;
  error(message: string, fields?: LazyLogFields): void;
  /** A logger that adds `fields` to each of its entries. */
  with(fields: LogFields): Logger;
}

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  level: LogLevel;
  /** Takes each entry besides, without a newline. */
  also?: ((level: LogLevel, entry: string) => void) | undefined;
  /** Takes whole lines, each ending in a newline. */
  write?: (lines: string) => void;
}

/** Creates a logger, by default to standard output, whose readers cannot block it. */
export function createLogger(
  { level, write = toStandardOutput, also }: LoggerOptions,
): Logger {
  const lowest = LOG_LEVELS.indexOf(level);
  for (const written of LOG_LEVELS.slice(lowest)) {
    if (written !== "silent") LOG_ENTRIES.series({ level: written });
  }

  function loggerWith(context: LogFields): Logger {
    function entry(entryLevel: LogLevel) {
      const enabled = LOG_LEVELS.indexOf(entryLevel) >= lowest;
      return function log(message: string, lazyFields?: LazyLogFields): void {
        if (!enabled) return;
        const fields = typeof lazyFields === "function" ? lazyFields() : lazyFields;
        const time = new Date().toISOString();
        const entry = { time, level: entryLevel, message, ...context, ...traceFields(), ...fields };
        LOG_ENTRIES.add(1, { level: entryLevel });
        const line = escapeControls(JSON.stringify(entry, plainValue));
        write(line + "\n");
        also?.(entryLevel, line);
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

/** Where the entry belongs in a trace, if there is one. */
function traceFields(): LogFields {
  const span = activeSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** A logger that writes nothing. */
export const SILENT_LOGGER: Logger = createLogger({ level: "silent", write: () => {} });

function toStandardOutput(lines: string): void {
  STANDARD_OUTPUT.write(lines);
}
