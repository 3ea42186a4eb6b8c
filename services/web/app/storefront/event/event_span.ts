import type { Format, When } from "../../messages/format.ts";
import { zoneOf } from "./zone.ts";

const DAY_MS = 86_400_000;

/** When an event begins and ends, in one zone. */
export interface EventSpan {
  from: When;
  to: When;
  /** The day of its end, with the year only where that is another than at the start. */
  lastDay: string;
  /** Whether it takes less than a day, so that the time of its end says enough. */
  isShort: boolean;
}

/** The span of an event in its own zone, or in another one. */
export function spanOf(
  event: { start_datetime: string; end_datetime: string; timezone?: string | undefined },
  format: Format,
  timeZone: string = zoneOf(event),
): EventSpan {
  const { start_datetime: start, end_datetime: end } = event;
  const from = format.when(start, timeZone);
  const to = format.when(end, timeZone);
  return {
    from,
    to,
    lastDay: to.year === from.year ? to.longWithoutYear : to.long,
    isShort: Date.parse(end) - Date.parse(start) < DAY_MS,
  };
}
