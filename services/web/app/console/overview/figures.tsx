import { useFormat } from "../../messages/use_messages.ts";
import type { Overview } from "../api/overview.ts";
import type { Period, Sales } from "../api/sales.ts";
import { Stat, Stats } from "../parts/stat.tsx";
import { useConsoleMessages } from "../use_console.ts";

/** The till: revenue and tickets of the period, what is held now, and who waits. */
export function Figures({ overview: known, sales, period }: {
  overview: Overview | undefined;
  sales: Sales | undefined;
  period: Period;
}) {
  const { overview } = useConsoleMessages();
  const { number, money } = useFormat();
  const [main, ...others] = sales?.currencies ?? [];
  const tickets = sales?.currencies.reduce((sum, { total }) => sum + total.tickets, 0);
  const today = sales?.currencies
    .reduce((sum, { points }) => sum + (points.at(-1)?.tickets ?? 0), 0);
  return (
    <Stats label={overview.figures}>
      <Stat
        label={overview.revenue}
        value={main ? money(main.total.revenue, main.currency) : sales && number(0)}
      >
        {others.length > 0
          ? others.map(({ currency, total }) => money(total.revenue, currency)).join(" + ")
          : main && period !== "all"
          ? (
            <Change
              now={main.total.revenue}
              before={main.before.total.revenue}
              period={period}
            />
          )
          : null}
      </Stat>
      <Stat label={overview.ticketsSold} value={tickets !== undefined && number(tickets)}>
        {today === undefined ? null : overview.today(number(today))}
      </Stat>
      <Stat label={overview.held} value={known && number(known.held_seats)}>
        {overview.heldMore}
      </Stat>
      <Stat label={overview.waiting} value={known && number(known.waiting.entries)}>
        {known ? overview.waitingMore(known.waiting.tickets, number(known.waiting.tickets)) : null}
      </Stat>
    </Stats>
  );
}

/** By how much a figure differs from that of the period before; nothing where there was none. */
function Change({ now, before, period }: { now: number; before: number; period: Period }) {
  const { overview } = useConsoleMessages();
  const { number } = useFormat();
  if (before <= 0) return <>{overview.nothingBefore(period)}</>;
  const percent = Math.round((now / before - 1) * 100);
  const isMore = percent >= 0;
  return (
    <>
      <b className={isMore ? "up" : "down"}>
        <span aria-hidden="true">{isMore ? "▲ " : "▼ "}</span>
        {isMore ? overview.more(number(percent)) : overview.less(number(-percent))}
      </b>{" "}
      {overview.than(period)}
    </>
  );
}
