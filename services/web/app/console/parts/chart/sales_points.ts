import type { Format } from "../../../messages/format.ts";
import type { SalesOverTime } from "./sales_data.ts";
import type { ChartPoint } from "./chart_point.ts";

/** The tickets of each step, of all currencies together, beside those of the steps before. */
export function pointsOf(
  { step, timezone, currencies }: SalesOverTime,
  { when }: Pick<Format, "when">,
): ChartPoint[] {
  const [first] = currencies;
  if (!first) return [];
  return first.points.map(({ at }, i) => {
    const { short, time, day, month } = when(at, timezone);
    const sum = (of: (currency: SalesOverTime["currencies"][number]) => number | undefined) =>
      currencies.reduce((total, currency) => total + (of(currency) ?? 0), 0);
    return {
      at,
      label: step === "day" ? short : `${short}, ${time}`,
      tick: step === "day" ? `${day} ${month}` : time,
      value: sum(({ points }) => points[i]?.tickets),
      before: sum(({ before }) => before.points[i]?.tickets),
    };
  });
}
