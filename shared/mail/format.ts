import { decimalsOf, toMajor } from "../money.ts";
import type { MailAmount } from "./kinds.ts";

/** Amounts and times in one language. */
export interface MailFormat {
  /** "₹1,499"; without decimals where it is whole */
  money(amount: MailAmount): string;
  /** "Saturday 12 December 2026, 18:00 IST", in that zone. */
  when(time: Date, timeZone: string): string;
  /** "Sat 12 Dec, 18:00 IST" */
  shortWhen(time: Date, timeZone: string): string;
  /** "12" and "Dec", for the stub of a ticket. */
  day(time: Date, timeZone: string): { day: string; month: string };
}

/** Formats of a locale, such as `en-IN`. */
export function mailFormat(locale: string): MailFormat {
  const parts = (time: Date, options: Intl.DateTimeFormatOptions) =>
    Object.fromEntries(
      new Intl.DateTimeFormat(locale, { hourCycle: "h23", ...options })
        .formatToParts(time).map(({ type, value }) => [type, value]),
    );
  const clock = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
  return {
    money({ amountMinor, currency }) {
      const amount = toMajor(amountMinor, currency);
      const digits = Number.isInteger(amount) ? 0 : decimalsOf(currency);
      return new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(amount);
    },
    when(time, timeZone) {
      const p = parts(time, {
        ...clock,
        timeZone,
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
      });
      return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute} ${p.timeZoneName}`;
    },
    shortWhen(time, timeZone) {
      const p = parts(time, {
        ...clock,
        timeZone,
        weekday: "short",
        day: "numeric",
        month: "short",
      });
      return `${p.weekday} ${p.day} ${p.month}, ${p.hour}:${p.minute} ${p.timeZoneName}`;
    },
    day(time, timeZone) {
      const p = parts(time, { timeZone, day: "numeric", month: "short" });
      return { day: p.day!, month: p.month!.replace("Sept", "Sep") };
    },
  };
}
