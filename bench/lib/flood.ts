/**
 * Floods: requests by open arrival from a program of their own, which has the lowest priority, as clients elsewhere take
 * no processor time from the platform or from the client whose latency is measured.
 */
import { CITIES, HEADLINERS, THEMES } from "../search/words.ts";
import { percentile, postBytes } from "./http_load.ts";
import { runOpenLoad } from "./open_load.ts";
import { getRequest } from "./requests.ts";

/** Kinds of floods. */
export const FLOODS = ["log-ins", "searches", "reads"] as const;
export type FloodKind = (typeof FLOODS)[number];

/** A flood as its clients get it. */
export interface Flood {
  kind: FloodKind;
  port: number;
  aSecond: number;
  arrivalsMs: number;
  connections: number;
  /** Events that are read. */
  eventIds: readonly string[];
}

/** Answers of a flood. */
export interface FloodResult {
  answers: [status: number, count: number][];
  /** From the sending of a request to its refusal (429, 503), in ms; sorted. */
  refusalsMs: number[];
  /** The same of all other answers. */
  servedMs: number[];
  /** Refusals without `Retry-After`. */
  silent: number;
}

const REFUSALS = new Set([429, 503]);
const REFUSAL = /^HTTP\/1\.1 (429|503) /;
const RETRY_AFTER = /^retry-after: \d/im;

/** Runs a flood. */
export async function runFlood(flood: Flood): Promise<FloodResult> {
  const refusalsMs: number[] = [];
  const servedMs: number[] = [];
  let silent = 0;
  const { answers } = await runOpenLoad({
    port: flood.port,
    requests: Math.round(flood.aSecond * flood.arrivalsMs / 1_000),
    arrivalsMs: flood.arrivalsMs,
    connections: flood.connections,
    request: floodRequest(flood),
    onAnswer: (status, tookMs) => void (REFUSALS.has(status) ? refusalsMs : servedMs).push(tookMs),
    onHead(head) {
      if (REFUSAL.test(head) && !RETRY_AFTER.test(head)) silent++;
    },
  });
  return { answers: [...answers], refusalsMs, servedMs, silent };
}

/**
 * The n-th request of a flood: a log-in with an unknown e-mail, which costs as much as a wrong password; a search that
 * no other one equals; or one of three reads of an event.
 */
function floodRequest({ kind, eventIds }: Flood): (n: number) => Uint8Array {
  const run = crypto.randomUUID();
  if (kind === "log-ins") {
    return (n) =>
      postBytes("/api/user/auth/login", "", {
        email: `${run}-${n}@example.com`,
        password: "not-the-password",
      });
  }
  if (kind === "searches") {
    return (n) => {
      const theme = THEMES[n % THEMES.length]!.name;
      const city = CITIES[n % CITIES.length]!.name;
      const headliner = HEADLINERS[n % HEADLINERS.length]!;
      const query = new URLSearchParams({
        q: n % 3 === 0 ? `${theme} ${headliner}` : theme,
        city,
        max_price: String(2_000 + n / 100),
      });
      return getRequest(`/api/search/search?${query}`);
    };
  }
  return (n) => {
    const id = eventIds[n % eventIds.length]!;
    return getRequest(
      [
        `/api/event/events/${id}`,
        `/api/event/events/${id}/availability`,
        `/api/booking/bookings/check-availability?event_id=${id}&quantity=1`,
      ][n % 3]!,
    );
  };
}

/** Median and 99th percentile of several results, for people. */
export function spread(sorted: ArrayLike<number>): string {
  return `${percentile(sorted, 0.5).toFixed(1)} / ${percentile(sorted, 0.99).toFixed(1)} ms`;
}
