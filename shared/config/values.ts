import { isIP } from "node:net";
import { z } from "zod";
import { parseRange } from "../http/ip_address.ts";
import { parseClusterUrl, redisAt } from "../redis/cluster_url.ts";

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** Parses a duration in Go syntax (`15m`, `168h`, `500ms`, `1h30m`) to milliseconds; `undefined` if malformed. */
export function parseDurationMs(text: string): number | undefined {
  if (text === "0") return 0;
  if (!DURATION.test(text)) return undefined;
  let totalMs = 0;
  for (const [, count, unit] of text.matchAll(DURATION_PART)) {
    totalMs += Number(count) * UNIT_MS[unit!]!;
  }
  return totalMs;
}

/** Longest delay that a timer accepts: 24 days. */
const MAX_DURATION_MS = 2_147_483_647;

/** Schema of a duration variable; its value is in milliseconds. */
export function duration(
  defaultMs: number,
  { minMs = 1, maxMs = MAX_DURATION_MS }: { minMs?: number; maxMs?: number } = {},
): z.ZodType<number> {
  return z.string().optional().transform((text, context) => {
    const valueMs = text === undefined ? defaultMs : parseDurationMs(text);
    if (valueMs !== undefined && valueMs >= minMs && valueMs <= maxMs) return valueMs;
    context.addIssue({
      code: "custom",
      message: valueMs === undefined
        ? `must be a duration such as 15m, 168h or 500ms: current value is ${text}`
        : `must be between ${minMs}ms and ${maxMs}ms: current value is ${text}`,
    });
    return z.NEVER;
  });
}

const YEAR_MS = 366 * 24 * 3_600_000;
/** Longer than any law has something kept. */
const MAX_RETENTION_MS = 100 * YEAR_MS;

/** Schema of a variable that says how long something is kept: a duration, or `forever`, whose value is `undefined`. */
export function retention(
  defaultMs: number | undefined,
  { minMs }: { minMs: number },
): z.ZodType<number | undefined> {
  const bounded = duration(defaultMs ?? minMs, { minMs, maxMs: MAX_RETENTION_MS });
  return z.string().optional().transform((text, context) => {
    if (text === "forever" || (text === undefined && defaultMs === undefined)) return undefined;
    const parsed = bounded.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) {
      context.addIssue({ code: "custom", message: message.replace("500ms", "forever") });
    }
    return z.NEVER;
  });
}

/** Schema of a whole number variable. */
export function wholeNumber(
  defaultValue: number | undefined,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): z.ZodType<number> {
  return z.string().optional().transform((text, context) => {
    const value = text === undefined
      ? defaultValue
      : /^-?\d{1,15}$/.test(text)
      ? Number(text)
      : NaN;
    if (value !== undefined && value >= min && value <= max) return value;
    context.addIssue({
      code: "custom",
      message: `must be a whole number from ${min} to ${max}: current value is ${text}`,
    });
    return z.NEVER;
  });
}

/** Schema of a number variable from 0 to 1. */
export function rate(defaultValue: number): z.ZodType<number> {
  return z.string().optional().transform((text, context) => {
    const value = text === undefined ? defaultValue : Number(text);
    if (value >= 0 && value <= 1) return value;
    context.addIssue({
      code: "custom",
      message: `must be a number from 0 to 1: current value is ${text}`,
    });
    return z.NEVER;
  });
}

/** The highest TCP port. */
export const MAX_PORT = 65_535;

/** Schema of a TCP port; 0 lets the system choose. */
export function port(defaultPort: number): z.ZodType<number> {
  return wholeNumber(defaultPort, { max: MAX_PORT });
}

/** Schema of a variable that is one of the given words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodType<Words[number]> {
  return z.enum(words, {
    error: ({ input }) => `must be one of ${words.join(", ")}: current value is ${input}`,
  });
}

/** Schema of a URL with one of the given schemes. Its message omits the value, which may contain a password. */
export function url(...schemes: string[]): z.ZodType<string> {
  return z.string().refine(
    (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)),
    { message: `must be a URL that begins with ${schemes.map((s) => `${s}://`).join(" or ")}` },
  );
}

/** The most URLs of one service. */
const MAX_URLS = 64;

/** Schema of URLs with one of the given schemes, separated by commas; at least one. */
export function urlList(...schemes: string[]): z.ZodType<readonly string[]> {
  const parts = (text: unknown) =>
    typeof text === "string" ? text.split(",").map((part) => part.trim()).filter(Boolean) : text;
  const many = `must be at least one URL and at most ${MAX_URLS}, separated by commas`;
  return z.preprocess(parts, z.array(url(...schemes)).min(1, many).max(MAX_URLS, many));
}

/**
 * Schema of the location of a Redis server (`redis://`) or cluster (`redis+cluster://host:port,host:port`), with TLS
 * `rediss…`. Its message omits the value, which may contain a password.
 */
export function redisUrl(): z.ZodType<string> {
  return z.string().refine(
    (text) => {
      if (redisAt(text).kind === "tcp") return url("redis", "rediss").safeParse(text).success;
      try {
        return parseClusterUrl(text).nodes.length > 0;
      } catch {
        return false;
      }
    },
    {
      message: "must be a URL that begins with redis:// or rediss://, " +
        "or for a cluster redis+cluster://host:port,host:port",
    },
  );
}

/** Schema of a base URL: scheme, host and an optional path; a trailing slash is removed. */
export function baseUrl(): z.ZodType<string> {
  return url("http", "https").transform((text, context) => {
    const { origin, pathname, href } = new URL(text);
    const base = (origin + pathname).replace(/\/+$/, "");
    if (href.replace(/\/+$/, "") === base) return base;
    context.addIssue({ code: "custom", message: "must have no user, no query and no fragment" });
    return z.NEVER;
  });
}

/** Upper bound of configured proxies. */
const MAX_RANGES = 100;

/** Schema of addresses and CIDR ranges, separated by commas; none by default. */
export function addressRanges(): z.ZodType<readonly string[]> {
  return z.string().optional().transform((text, context) => {
    const ranges = text?.split(",").map((range) => range.trim()).filter(Boolean) ?? [];
    try {
      if (ranges.length > MAX_RANGES) {
        throw new RangeError(`${ranges.length} are more than ${MAX_RANGES}`);
      }
      ranges.forEach(parseRange);
      return ranges;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = `must be addresses and CIDR ranges, separated by commas: ${error.message}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
  });
}

/** Schema of an address to listen on. */
export function address(): z.ZodType<string> {
  return z.string().refine((text) => text === "localhost" || isIP(text) !== 0, {
    error: ({ input }) =>
      `must be an IP address such as 127.0.0.1, 0.0.0.0 or ::, or localhost: current value is ${input}`,
  });
}

/** Whether only this machine can connect to the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Schema of origins as browsers send them, separated by commas. */
export function webOrigins(): z.ZodType<string[]> {
  return z.string().transform((text, context) => {
    const parts = text.split(",").map((part) => part.trim()).filter(Boolean);
    return parts.map((part) => {
      const parsed = URL.parse(part);
      const origin = parsed?.origin;
      // Origins are compared for equality, so a path, credentials or a pattern would never match.
      const isPlain = parsed && /^https?:$/.test(parsed.protocol) && !/[*@]/.test(part) &&
        `${parsed.origin}/` === parsed.href;
      if (origin && isPlain) return origin;
      context.addIssue({
        code: "custom",
        message:
          `must be origins such as https://shop.example, separated by commas: ${part} is none`,
      });
      return part;
    });
  });
}

/** The most open streams of one kind in a process, where nothing else is set. */
export const DEFAULT_MAX_STREAMS = 10_000;

/** Schema of the most open streams of one kind; with 0 there are none, and pages ask now and then. */
export const maxStreams: z.ZodType<number> = wholeNumber(DEFAULT_MAX_STREAMS, { max: 1_000_000 });
