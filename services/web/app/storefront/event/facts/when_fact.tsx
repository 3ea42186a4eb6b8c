import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { useMounted } from "../../../parts/use_mounted.ts";
import { type EventSpan, spanOf } from "../event_span.ts";
import { cityOf } from "../zone.ts";

/** When it is, where it is; and for readers in another zone, when that is for them. */
export function WhenFact({ event }: { event: PublicEvent }) {
  const { event: texts } = useMessages();
  const span = spanOf(event, useFormat());
  return (
    <>
      <SpanText span={span} />
      <br />
      <ForReader event={event} span={span} />
      <a href={`/events/${event.event_id}/calendar.ics`}>{texts.addToCalendar}</a>
    </>
  );
}

/** The reader's zone is known in the browser alone, so it stands there only after the first render. */
function ForReader({ event, span }: { event: PublicEvent; span: EventSpan }) {
  const { event: texts } = useMessages();
  const format = useFormat();
  const isMounted = useMounted();
  if (!isMounted) return null;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const own = spanOf(event, format, zone);
  if (own.from.long === span.from.long && own.from.time === span.from.time) return null;
  const isSameDay = own.isShort && own.from.long === span.from.long;
  const from = isSameDay ? own.from.time : texts.dayAndTime(own.from.short, own.from.time);
  const to = own.isShort ? texts.end(own.to.time) : texts.dayAndTime(own.to.short, own.to.time);
  return (
    <>
      <span>{texts.forYou(cityOf(zone), texts.manyDays(from, `${to} ${own.from.zone}`))}</span>
      {texts.between}
    </>
  );
}

function SpanText({ span: { from, to, lastDay, isShort } }: { span: EventSpan }) {
  const { event: texts } = useMessages();
  return (
    <>
      {isShort
        ? texts.whenShort(from.long, from.time, texts.end(to.time), from.zone)
        : texts.whenLong(from.long, from.time, lastDay, to.time, from.zone)}
    </>
  );
}
