import type { Random } from "@evently/shared/testing";

/** Faults of a message, each with its rate per thousand. */
export interface MessageFaults {
  /** The message never arrives. */
  lost: number;
  /** The message is processed but its answer is lost. */
  answerLost: number;
  /** The message arrives after its sender has given up. */
  late: number;
  /** The message arrives twice, the second time late. */
  doubled: number;
  /** The message or its answer is slow. */
  slow: number;
}

/** Conditions of one world. Only some faults occur in each world, so that they do not mask each other. */
export interface Conditions {
  processes: number;
  /** Clock skews of the processes of the booking service and of the event service. */
  skewsMs: readonly number[];
  eventSkewsMs: readonly number[];
  faults: MessageFaults;
  /** Maximum delay of a slow or late message. */
  longestDelayMs: number;
  /** Steps per thousand that crash a process, wipe Redis, set a clock, or advance time. */
  crash: number;
  wipe: number;
  clockSet: number;
  jump: number;
  longestJumpMs: number;
  /** Workers that do not run while faults are injected, as `<index of process> <name>`. */
  dead: ReadonlySet<string>;
  /** Declined payments per thousand. */
  declined: number;
  capacities: readonly number[];
  /** Places of the events that sell by pools. */
  shops: readonly number[];
  /** Time from the start of the simulation to the start of each event. */
  startsInMs: readonly number[];
  holdTtlMs: number;
  attemptsPerMinute: number;
  /** Maximum number of concurrent requests. */
  concurrency: number;
  /** Requests per thousand that are of users who wait. */
  waiters: number;
  /** Payments per thousand that their provider is processing at first. */
  processing: number;
  /** Changes of payments per thousand that the provider tells by a webhook. */
  webhooks: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_SKEW_MS = 3 * MINUTE_MS;
const MAX_EVENTS = 3;

/** Draws the conditions of a world. */
export function drawConditions(random: Random, workers: readonly string[]): Conditions {
  const rate = (high: number) =>
    random.pick([0, 0, 1 + random.below(high), 1 + random.below(high)]);
  const processes = 1 + random.below(3);
  const maxSkewMs = random.pick([0, 2_000, MAX_SKEW_MS]);
  const skew = () => random.below(2 * maxSkewMs + 1) - maxSkewMs;
  const list = <T>(length: number, make: (place: number) => T) =>
    Array.from({ length }, (_, place) => make(place));
  const dead = new Set<string>();
  if (random.below(3) === 0) {
    for (const worker of workers) {
      for (let place = 0; place < processes; place++) {
        if (random.below(3) === 0) dead.add(`${place} ${worker}`);
      }
    }
  }
  const events = 1 + random.below(MAX_EVENTS);
  return {
    processes,
    skewsMs: list(processes, skew),
    eventSkewsMs: list(2, skew),
    faults: {
      lost: rate(60),
      answerLost: rate(60),
      late: rate(40),
      doubled: rate(80),
      slow: rate(100),
    },
    longestDelayMs: random.pick([500, 40_000, 4 * MINUTE_MS]),
    crash: rate(8),
    wipe: rate(8),
    clockSet: maxSkewMs > 0 ? rate(4) : 0,
    jump: random.pick([2, 10, 30]),
    longestJumpMs: random.pick([2_000, MINUTE_MS, 6 * MINUTE_MS]),
    dead,
    declined: random.pick([0, 100, 400]),
    capacities: list(events, () => random.pick([1, 2, 5, 12, 40])),
    shops: list(events, (place) => place).filter(() => random.below(2) === 0),
    startsInMs: list(events, () => random.pick([30, 20, 1].map((hours) => hours * HOUR_MS))),
    holdTtlMs: random.pick([5 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS / 2, 3_000]),
    attemptsPerMinute: random.pick([0, 0, 3]),
    concurrency: random.pick([2, 6, 16]),
    waiters: random.pick([0, 150, 400]),
    processing: random.pick([0, 200, 600]),
    webhooks: random.pick([0, 300, 1_000]),
  };
}
