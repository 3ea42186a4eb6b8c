/** The server's clock, told from the `Date` headers of its answers. */
export interface ServerClock {
  /** The server's time, in milliseconds since 1970. */
  now(): number;
  /** Learns from an answer; times are those of this device. */
  learn(answer: { date: string | null; sentAt: number; receivedAt: number }): void;
  /** Lets the next answer count whatever its round trip: this device may have slept, or its clock was set. */
  distrust(): void;
}

/** A `Date` header is cut to whole seconds: on average the time is half of one later. */
const CUT_MS = 500;

/** A clock that is the device's own until the first answer; the answer with the smallest round trip counts. */
export function createServerClock(deviceNow: () => number = Date.now): ServerClock {
  let offsetMs = 0;
  let bestRoundTripMs = Infinity;
  return {
    now: () => deviceNow() + offsetMs,
    learn({ date, sentAt, receivedAt }) {
      const serverMs = Date.parse(date ?? "");
      const roundTripMs = receivedAt - sentAt;
      if (Number.isNaN(serverMs) || roundTripMs < 0 || roundTripMs >= bestRoundTripMs) return;
      bestRoundTripMs = roundTripMs;
      offsetMs = serverMs + CUT_MS - (sentAt + receivedAt) / 2;
    },
    distrust() {
      bestRoundTripMs = Infinity;
    },
  };
}

/** Sends requests by `send`, and lets a clock learn from each answer that no cache gave. */
export function timed(
  send: (request: Request) => Promise<Response>,
  clock: ServerClock,
): (request: Request) => Promise<Response> {
  return async function sendTimed(request) {
    const sentAt = Date.now();
    const response = await send(request);
    if (!response.headers.has("Age") && !response.headers.has(KEPT_AT)) {
      clock.learn({ date: response.headers.get("Date"), sentAt, receivedAt: Date.now() });
    }
    return response;
  };
}

/** Header of answers that this device had kept: the time when they came. */
export const KEPT_AT = "X-Kept-At";
