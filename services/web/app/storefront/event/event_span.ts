import type { Format, When } from "../../messages/format.ts";
import { zoneOf } from "./zone.ts";

const DAY_MS = 86_400_000;

/** When an event begins and ends, in one zone. */
export interface EventSpan {
  from: When;
  to: When;
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
  return {
    from: format.when(start, timeZone),
    to: format.when(end, timeZone),
    isShort: Date.parse(end) - Date.parse(start) < DAY_MS,
  };
}
