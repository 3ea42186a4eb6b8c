import { createLogger, type Logger, type LoggerOptions } from "../log.ts";
import { exitProgram } from "./exit_program.ts";

const MAX_CONSOLE_CHARS = 4_096;
const CONSOLE_LEVELS = {
  debug: "debug",
  log: "debug",
  info: "debug",
  warn: "warn",
  error: "error",
} as const;

/**
 * The log of this process. What libraries print goes through it too, as `console` would wait for a reader that
 * hangs; and so does an error that nobody caught, upon which the process ends.
 *
 * @param options `exportsLog`: entries go to OpenTelemetry, too, as Deno's console does with `OTEL_DENO_CONSOLE=replace`
 */
export function openProgramLog(
  { exportsLog = false, ...options }: LoggerOptions & { exportsLog?: boolean },
): Logger {
  const log = createLogger({ ...options, also: exportsLog ? exporter() : undefined });
  for (const [method, level] of Object.entries(CONSOLE_LEVELS)) {
    Reflect.set(globalThis.console, method, (...values: unknown[]) => {
      log[level]("console", { text: values.map(textOf).join(" ").slice(0, MAX_CONSOLE_CHARS) });
    });
  }
  const end = async (error: unknown) => {
    log.error("uncaught error", { error });
    await exitProgram(1);
  };
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    void end(event.error);
  });
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    void end(event.reason);
  });
  return log;
}

/** Deno's console as it is now: with `OTEL_DENO_CONSOLE=replace` it only exports, batched and bounded, and prints nothing. */
function exporter(): NonNullable<LoggerOptions["also"]> {
  const { debug, info, warn, error } = globalThis.console;
  const methods = { debug, info, warn, error, silent() {} };
  return (level, entry) => methods[level](entry);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value);
}
