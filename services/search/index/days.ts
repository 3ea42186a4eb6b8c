import { type Days, daysOf } from "@evently/shared/time_zone";
import type { SearchDocument } from "./document.ts";

/** The days on which an event takes place, in its own zone. */
export function daysOfDocument(
  { start_datetime: startsAt, end_datetime: endsAt, timezone: timeZone }: Pick<
    SearchDocument,
    "start_datetime" | "end_datetime" | "timezone"
  >,
): Days {
  return daysOf({ startsAt, endsAt, timeZone });
}
