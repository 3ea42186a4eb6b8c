/** A day and a time as clocks of a place show them, as form fields hold them. */
export interface WallTime {
  /** "2026-12-12" */
  date: string;
  /** "18:00" */
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

function partsOf(timeMs: number, zone: string): Record<string, string> {
  return Object.fromEntries(
    formatOf(zone).formatToParts(timeMs).map(({ type, value }) => [type, value]),
  );
}

/** How far clocks of a zone are ahead of UTC at a time. */
function offsetMs(timeMs: number, zone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(timeMs, zone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) -
    Math.floor(timeMs / 1_000) * 1_000;
}

/** What clocks of a zone show at a time. */
export function wallTimeOf(iso: string, zone: string): WallTime {
  const { year, month, day, hour, minute } = partsOf(Date.parse(iso), zone);
  return { date: `${year}-${month}-${day}`, time: `${hour}:${minute}` };
}

/**
 * The time at which clocks of a zone show this. Where they are set back, the first of the two; a time that they leap
 * over is as much later as they leap.
 *
 * @returns `undefined` if it is none
 */
export function instantOf({ date, time }: WallTime, zone: string): string | undefined {
  const asUtcMs = Date.parse(`${date}T${time}:00Z`);
  if (!isZone(zone) || Number.isNaN(asUtcMs)) return undefined;
  // The offset differs a day before and after only where the clocks change in between.
  const before = asUtcMs - offsetMs(asUtcMs - DAY_MS, zone);
  const after = asUtcMs - offsetMs(asUtcMs + DAY_MS, zone);
  const shown = [before, after].filter((ms) => asUtcMs - offsetMs(ms, zone) === ms);
  return new Date(shown.length > 0 ? Math.min(...shown) : before).toISOString();
}

const DAY_MS = 24 * 3_600_000;

/** Whether a text names a time zone. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
