import { useAddress, useFormat } from "../../../messages/use_messages.ts";
import { unbroken } from "../../../parts/unbroken.ts";
import type { ManagedEvent } from "../../api/event.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** When and where an event is, and where people see it. */
export function EventWhen({ event, isLive }: { event: ManagedEvent; isLive: boolean }) {
  const { event: texts } = useConsoleMessages();
  const { when } = useFormat();
  const { long, time, zone } = when(event.start_datetime, event.timezone);
  const address = useAddress(`/events/${event.event_id}`);
  return (
    <p className="event-console__when">
      <time dateTime={event.start_datetime}>
        {texts.when(long, time, zone, unbroken(event.venue_name), event.venue_city)}
      </time>
      {event.status === "draft" ? null : <a href={address}>{texts.inShop}</a>}
      {isLive ? <span className="live-mark" title={texts.liveHint}>{texts.live}</span> : null}
    </p>
  );
}
