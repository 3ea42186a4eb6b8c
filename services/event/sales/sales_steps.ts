import { invalidInput } from "@evently/shared/errors";

/** How long the steps are in which sales are counted. */
export const STEPS = ["minute", "hour", "day"] as const;
export type Step = typeof STEPS[number];

/** Days that an organiser asks for, both inclusive, or less. */
export interface WantedPeriod {
  step: Step;
  /** `YYYY-MM-DD`, or a time as RFC 3339. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Steps in a row, and as many before them. */
export interface SalesPeriod {
  step: Step;
  timeZone: string;
  /** Steps of the period; there are as many before it. */
  count: number;
  /** Begins of all steps, those before the period first, and the end of the last one. */
  bounds: Date[];
}

/** The most steps of a period: more than a year of days. */
export const MAX_STEPS = 400;
/** Steps of a period of which no begin is given, up to now. */
const DEFAULT_COUNT = { minute: 60, hour: 24, day: 28 } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Returns the steps of a period. They begin with the minute, the hour or the day of a time zone; a day of 23 or 25 hours is
 * one step.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the period is empty or has too many steps
 */
export function salesPeriod(
  { step, from, to }: WantedPeriod,
  { timeZone, now }: { timeZone: string; now: Date },
): SalesPeriod {
  const last = to === undefined
    ? beginOf(Temporal.Instant.fromEpochMilliseconds(now.getTime()), step, timeZone)
    : lastStep(to, step, timeZone);
  const first = from === undefined
    ? last.subtract(steps(step, DEFAULT_COUNT[step] - 1))
    : beginOf(timeOf(from, timeZone).toInstant(), step, timeZone);
  if (Temporal.ZonedDateTime.compare(first, last) > 0) {
    throw invalidInput("from", "from must not be after to");
  }
  const count = countSteps(first, last, step);
  if (count > MAX_STEPS) {
    throw invalidInput(
      "from",
      `from must be at most ${MAX_STEPS} steps before to: step is ${step}`,
    );
  }
  const start = first.subtract(steps(step, count));
  const bounds = Array.from(
    { length: 2 * count + 1 },
    (_, i) => new Date(start.add(steps(step, i)).epochMilliseconds),
  );
  return { step, timeZone, count, bounds };
}

function timeOf(text: string, timeZone: string): Temporal.ZonedDateTime {
  if (!DAY.test(text)) return Temporal.Instant.from(text).toZonedDateTimeISO(timeZone);
  return Temporal.PlainDate.from(text).toZonedDateTime(timeZone);
}

/** The last step before the end of a day, or that a time is in. */
function lastStep(to: string, step: Step, timeZone: string): Temporal.ZonedDateTime {
  const time = timeOf(to, timeZone);
  const end = DAY.test(to) ? time.add({ days: 1 }).subtract({ nanoseconds: 1 }) : time;
  return beginOf(end.toInstant(), step, timeZone);
}

function beginOf(time: Temporal.Instant, step: Step, timeZone: string): Temporal.ZonedDateTime {
  const zoned = time.toZonedDateTimeISO(timeZone);
  return step === "day"
    ? zoned.startOfDay()
    : zoned.round({ smallestUnit: step, roundingMode: "floor" });
}

/** From the begin of the first step to the end of the last one. */
function countSteps(
  first: Temporal.ZonedDateTime,
  last: Temporal.ZonedDateTime,
  step: Step,
): number {
  if (step === "day") return first.toPlainDate().until(last.toPlainDate()).days + 1;
  return Math.floor(first.until(last).total({ unit: step })) + 1;
}

function steps(step: Step, count: number): Temporal.DurationLike {
  switch (step) {
    case "minute":
      return { minutes: count };
    case "hour":
      return { hours: count };
    case "day":
      return { days: count };
  }
}
