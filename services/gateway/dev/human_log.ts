import { escapeControls } from "@evently/shared/output";

/** What every entry of the log has. */
interface Entry {
  time: string;
  level: string;
  message: string;
  [field: string]: unknown;
}

/** Fields that say nothing to a person who watches one process. */
const LEFT_OUT = new Set(["time", "level", "message", "program", "request_id"]);

/**
 * Turns the log's JSON lines into lines for a person: a request a line, all else with its fields. Controls stay
 * escaped, as some fields come from requests.
 */
export function toHumanLines(lines: string): string {
  return lines.trimEnd().split("\n")
    .map((line) => `${escapeControls(toHumanLine(JSON.parse(line)))}\n`).join("");
}

function toHumanLine({ time, level, message, ...rest }: Entry): string {
  const clock = time.slice("2026-01-01T".length, "2026-01-01T00:00:00".length);
  const mark = level === "info" || level === "debug" ? "" : `${level.toUpperCase()} `;
  if (message !== "request") return `${clock} ${mark}${message}${fields(rest)}`;
  const { method, route, status, duration_ms, service, ...others } = rest;
  return `${clock} ${mark}${status} ${method} ${route} ${duration_ms} ms ${service}${
    fields(others)
  }`;
}

function fields(entry: Record<string, unknown>): string {
  return Object.entries(entry)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("");
}
