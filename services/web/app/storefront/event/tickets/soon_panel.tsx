import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { useNow } from "../../../parts/use_now.ts";
import { zoneOf } from "../zone.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When the sale begins, and a calendar entry for it. */
export function SoonPanel({ event, at }: { event: PublicEvent; at: string | undefined }) {
  const { event: texts } = useMessages();
  const when = useFormat();
  const start = at === undefined ? undefined : when.when(at, zoneOf(event));
  return (
    <div className="panel-body">
      <h2 className="panel-state">
        {start ? texts.soonAt(start.short, start.time) : texts.soon}
      </h2>
      {at === undefined ? null : <Remaining until={at} />}
      <p className="small">{texts.soonText}</p>
      {at === undefined
        ? null
        : (
          <a className="btn btn--wide" href={`/events/${event.event_id}/calendar.ics?of=sale`}>
            {texts.remind}
          </a>
        )}
    </div>
  );
}

/** "In 3 days", once the reader's clock is known. The line is there from the start, so that nothing moves. */
function Remaining({ until }: { until: string }) {
  const { event: { soonIn } } = useMessages();
  const nowMs = useNow(MINUTE_MS);
  const leftMs = nowMs === undefined ? undefined : Math.max(Date.parse(until) - nowMs, MINUTE_MS);
  return (
    <p className="panel-remaining">
      {leftMs === undefined
        ? "\u00a0"
        : leftMs >= DAY_MS
        ? soonIn.days(Math.round(leftMs / DAY_MS))
        : leftMs >= HOUR_MS
        ? soonIn.hours(Math.round(leftMs / HOUR_MS))
        : soonIn.minutes(Math.round(leftMs / MINUTE_MS))}
    </p>
  );
}
