import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../messages/use_messages.ts";
import { analyticsQuery, type EventAnalytics, type ManagedEvent } from "../../api/event.ts";
import { eventWaitlistQuery, type ManagedWaitlist } from "../../api/event_waitlist.ts";
import { SeatsByState, SeatsLegend } from "../../parts/seats_by_state.tsx";
import { Stat, Stats } from "../../parts/stat.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";

/** The money and the seats of an event, by what became of them. */
export function EventFigures({ event }: { event: ManagedEvent }) {
  const { api, scope } = useEventScope(event.event_id);
  const { event: texts } = useConsoleMessages();
  const { number, money } = useFormat();
  const { data: takings } = useQuery(analyticsQuery(api, scope));
  const { data: line } = useQuery(eventWaitlistQuery(api, { ...scope, page: 1 }));
  const { tickets_sold: sold, held_seats: held, set_aside_seats: setAside } = event;
  const { total_capacity: capacity, available_seats: free, currency } = event;
  const percent = capacity === 0 ? 0 : Math.round(sold / capacity * 100);

  function moneyText({ refunded, other_takings: others = [] }: EventAnalytics): string {
    const own = refunded > 0 ? [texts.refunded(money(refunded, currency))] : [];
    return [
      ...own,
      ...others.map((other) => texts.otherRevenue(money(other.net, other.currency))),
    ].join(", ");
  }

  function waitingText({ entries, total }: ManagedWaitlist): string {
    if (total === 0) return texts.nobodyWaits;
    if (entries.length < total) return texts.peopleWait(total);
    const wanted = entries.reduce((sum, { quantity }) => sum + quantity, 0);
    return texts.peopleWaitFor(wanted, number(wanted));
  }

  return (
    <div className="stack">
      <Stats label={texts.figures}>
        <Stat label={texts.revenue} value={takings && money(takings.net, currency)}>
          {takings && moneyText(takings)}
        </Stat>
        <Stat label={texts.sold} value={number(sold)}>
          {texts.soldOf(number(capacity), number(percent))}
        </Stat>
        <Stat label={texts.held} value={number(held)}>{texts.heldMore}</Stat>
        <Stat label={texts.free} value={number(free)}>
          {setAside > 0 ? texts.setAside(setAside, number(setAside)) : null}
        </Stat>
        <Stat label={texts.waiting} value={line && number(line.total)}>
          {line && waitingText(line)}
        </Stat>
      </Stats>
      <SeatsByState capacity={capacity} sold={sold} held={held} free={free} />
      <SeatsLegend />
    </div>
  );
}
