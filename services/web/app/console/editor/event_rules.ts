import type { ConsoleMessages } from "../../messages/console_messages.ts";
import { z } from "../../parts/schema.ts";
import { instantOf } from "./wall_time.ts";

const MOST = 2_147_483_647;
const CURRENCY = /^[A-Za-z]{3}$/;
const PICTURE = /^https:\/\/\S+$/;

const isCount = (text: string) =>
  Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= MOST;

/** Rules of the form of an event; the API has the last word. Times are those of the venue's zone. */
export function eventRules({ editor }: ConsoleMessages, zone: string) {
  const required = (text: string) => z.string().check(z.trim(), z.minLength(1, text));
  const when = (text: string, field: "start" | "end") =>
    z.refine<Times>((values) => {
      const times = { date: values[`${field}Date`], time: values[`${field}Time`] };
      return instantOf(times, zone) !== undefined;
    }, { path: [`${field}Date`], error: text });
  return z.object({
    name: required(editor.enterName),
    kind: required(editor.enterKind),
    description: z.string(),
    imageUrl: z.string().check(
      z.refine((text) => text.trim() === "" || PICTURE.test(text.trim()), editor.enterPicture),
    ),
    accessNotes: z.string(),
    startDate: z.string(),
    startTime: z.string(),
    endDate: z.string(),
    endTime: z.string(),
    venueId: required(editor.enterVenue),
    capacity: z.string().check(z.refine(isCount, editor.enterCapacity)),
    price: z.string().check(
      z.refine((text) => text.trim() !== "" && Number(text) >= 0, editor.enterPrice),
    ),
    currency: z.string().check(z.regex(CURRENCY, editor.enterCurrency)),
    maxPerBooking: z.string().check(z.refine(isCount, editor.enterCount)),
    maxHeld: z.string().check(
      z.refine((text) => text.trim() === "" || isCount(text), editor.enterCount),
    ),
    refunds: z.string(),
    publicCounts: z.boolean(),
  }).check(
    when(editor.enterStart, "start"),
    when(editor.enterEnd, "end"),
    z.refine<Times>((values) => {
      const start = instantOf({ date: values.startDate, time: values.startTime }, zone);
      const end = instantOf({ date: values.endDate, time: values.endTime }, zone);
      return !start || !end || start < end;
    }, { path: ["endDate"], error: editor.enterEndAfter }),
  );
}

interface Times {
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
}
