/** Numbers, amounts and dates in one language. Dates are those of the event's zone. */
export interface Format {
  number(value: number): string;
  /** An amount in major units; without decimals where it is whole. */
  money(amount: number, currency: string): string;
  /** Parts of a time as it is at the event. */
  when(iso: string, timeZone: string): When;
  /** "Sat 5 Dec" of "2026-12-05" */
  day(day: string): string;
  /** "December 2026" of "2026-12" */
  month(month: string): string;
  /** "10:42" where the reader is: for the browser only */
  clock(timeMs: number): string;
}

/** A time at the event, in the forms that pages show. */
export interface When {
  /** "12" */
  day: string;
  /** "Dec" */
  month: string;
  /** "Sat" */
  weekday: string;
  /** "18:00" */
  time: string;
  /** "Sat 12 Dec" */
  short: string;
  /** "Saturday 12 December 2026" */
  long: string;
  /** "Saturday 12 December" */
  longWithoutYear: string;
  /** "2026" */
  year: string;
  /** "IST" */
  zone: string;
}

/** Formats of a locale, such as `en-IN`. They are made once and kept, as making one is slow. */
export function createFormat(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const money = kept((currency: string) => moneyFormat(locale, currency));
  const zones = kept((timeZone: string) => zoneFormat(locale, timeZone));
  return {
    number: (value) => numbers.format(value),
    money: (amount, currency) => money(currency)(amount),
    when: (iso, timeZone) => zones(timeZone)(new Date(iso)),
    day: (day) => zones("UTC")(new Date(`${day}T00:00:00Z`)).short,
    month: (month) => {
      const { long, year } = zones("UTC")(new Date(`${month}-01T00:00:00Z`));
      return `${long.split(" ")[2]} ${year}`;
    },
    clock: (timeMs) =>
      new Date(timeMs).toLocaleTimeString(locale, {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }),
  };
}

/** Decimals of an amount that is not whole: at least and at most, whatever the currency. */
const MIN_BROKEN_DECIMALS = 2;
const MAX_DECIMALS = 3;

function moneyFormat(locale: string, currency: string): (amount: number) => string {
  const options = { style: "currency", currency } as const;
  const whole = new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: 0 });
  const usual = new Intl.NumberFormat(locale, options).resolvedOptions().maximumFractionDigits ?? 0;
  // Of currencies whose decimals are out of daily use, `Intl` would leave them out: 1.5 LAK are not 2 LAK.
  const digits = Math.max(usual, MIN_BROKEN_DECIMALS);
  const broken = new Intl.NumberFormat(locale, {
    ...options,
    minimumFractionDigits: digits,
    maximumFractionDigits: MAX_DECIMALS,
  });
  return (amount) => (Number.isInteger(amount) ? whole : broken).format(amount);
}

/**
 * Dates are put together from parts with separators of our own: those of `Intl` differ between the server and
 * browsers.
 */
function zoneFormat(locale: string, timeZone: string): (time: Date) => When {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: "h23", ...options });
    return (time: Date) =>
      Object.fromEntries(made.formatToParts(time).map(({ type, value }) => [type, value]));
  };
  const short = format({ day: "numeric", month: "short", weekday: "short" });
  const long = format({ day: "numeric", month: "long", weekday: "long", year: "numeric" });
  const clock = format({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  return (time) => {
    const brief = short(time), full = long(time), { hour, minute, timeZoneName } = clock(time);
    // What is "Sept" in some versions of English is "Sep" in others.
    const month = brief.month!.replace("Sept", "Sep");
    return {
      day: brief.day!,
      month,
      weekday: brief.weekday!,
      time: `${hour}:${minute}`,
      short: `${brief.weekday} ${brief.day} ${month}`,
      longWithoutYear: `${full.weekday} ${full.day} ${full.month}`,
      long: `${full.weekday} ${full.day} ${full.month} ${full.year}`,
      year: full.year!,
      zone: timeZoneName!,
    };
  };
}

function kept<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, value = make(key));
    return value;
  };
}
