import type { Random } from "@evently/shared/testing";

/** What can go wrong with one message; each in so many of a thousand. */
export interface MessageFaults {
  /** It never arrives. */
  lost: number;
  /** It arrives and is acted on; the answer is lost. */
  answerLost: number;
  /** Its sender gives up; it arrives all the same, later. */
  late: number;
  /** It arrives, and once more later. */
  doubled: number;
  /** It or its answer takes long. */
  slow: number;
}

/** The world that one seed lives in. Not everything goes wrong in every world, or much would hide behind much. */
export interface Conditions {
  processes: number;
  /** How far each clock of the booking service, and of the event service, is from the true time. */
  skewsMs: readonly number[];
  eventSkewsMs: readonly number[];
  faults: MessageFaults;
  /** The longest that a slow or late message takes. */
  longestDelayMs: number;
  /** Of a thousand steps, so many crash a process, wipe Redis, set a clock, or let time pass. */
  crash: number;
  wipe: number;
  clockSet: number;
  jump: number;
  longestJumpMs: number;
  /** Workers that never run while things go wrong, by the place of their process and their name. */
  dead: ReadonlySet<string>;
  /** Payments that are declined, of a thousand. */
  declined: number;
  capacities: readonly number[];
  /** How long before their start the events are when it begins. */
  startsInMs: readonly number[];
  holdTtlMs: number;
  attemptsPerMinute: number;
  /** Requests under way at once. */
  concurrency: number;
  waitlists: boolean;
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
  const list = <T>(length: number, make: () => T) => Array.from({ length }, make);
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
    startsInMs: list(events, () => random.pick([30, 20, 1].map((hours) => hours * HOUR_MS))),
    holdTtlMs: random.pick([5 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS / 2, 3_000]),
    attemptsPerMinute: random.pick([0, 0, 3]),
    concurrency: random.pick([2, 6, 16]),
    waitlists: random.below(3) === 0,
  };
}
