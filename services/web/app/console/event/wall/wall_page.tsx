import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { stockOf } from "../../../parts/stock.ts";
import { unbroken } from "../../../parts/unbroken.ts";
import { analyticsQuery, eventSalesQuery, type ManagedEvent } from "../../api/event.ts";
import { eventWaitlistQuery } from "../../api/event_waitlist.ts";
import { pointsOf } from "../../parts/chart/sales_points.ts";
import { TimeChart } from "../../parts/chart/time_chart.tsx";
import { SeatsByState } from "../../parts/seats_by_state.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { EventFrame } from "../event_frame.tsx";
import { useEventNews } from "../use_event_news.ts";
import { useEventScope } from "../use_event_scope.ts";
import { FullScreenButton } from "./full_screen_button.tsx";
import { useAwake } from "./use_awake.ts";
import { WallTime } from "./wall_time.tsx";

const route = getRouteApi("/console/events/$eventId/live");

/** One screen for the wall of an on-sale: big numbers and the last hour. It needs nobody. */
export function EventWallPage() {
  const { eventId } = route.useParams();
  const { eventWall: texts } = useConsoleMessages();
  return (
    <EventFrame eventId={eventId} tab="wall" title={texts.title}>
      {(event) => <Wall event={event} />}
    </EventFrame>
  );
}

function Wall({ event }: { event: ManagedEvent }) {
  const { event_id: eventId, currency } = event;
  const { api, scope } = useEventScope(eventId);
  const { eventWall: texts } = useConsoleMessages();
  const { common } = useMessages();
  const format = useFormat();
  const { number, money } = format;
  const wall = useRef<HTMLElement>(null);
  useAwake();
  useEventNews(eventId, { isPublic: event.status === "published" || event.status === "sold_out" });
  const { data: takings } = useQuery(analyticsQuery(api, scope));
  const { data: line } = useQuery(eventWaitlistQuery(api, { ...scope, page: 1 }));
  const { data: sales } = useQuery(eventSalesQuery(api, { ...scope, step: "minute" }));
  const { tickets_sold: sold, held_seats: held, available_seats: free } = event;
  const points = sales && pointsOf(sales, format);
  const figures = [
    [texts.sold, number(sold)],
    [texts.held, number(held)],
    [free === 0 ? common.soldOut : texts.free, number(free)],
    [texts.waiting, line ? number(line.total) : "–"],
    [texts.revenue, takings ? money(takings.net, currency) : "–"],
    [texts.minute, points ? number(points.at(-1)?.value ?? 0) : "–"],
  ] as const;
  return (
    <section className="wall" ref={wall} aria-label={event.name}>
      <div className="wall__head on-stock" data-stock={stockOf(event.event_type)}>
        <p className="wall__name">{unbroken(event.name)}</p>
        <FullScreenButton of={wall} />
      </div>
      <dl className="wall__figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <SeatsByState capacity={event.total_capacity} sold={sold} held={held} free={free} />
      <div className="wall__chart">
        <h2>{texts.chart}</h2>
        {points
          ? <TimeChart points={points} label={texts.chart} />
          : <div className="skeleton chart__skeleton" aria-hidden="true" />}
      </div>
      <WallTime scope={scope} />
    </section>
  );
}
