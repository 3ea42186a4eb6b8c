import { Link } from "@tanstack/react-router";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Cover } from "../../parts/cover.tsx";
import { unbroken } from "../../parts/unbroken.ts";
import { spanOf } from "./event_span.ts";
import type { EventHead } from "./known_event.ts";
import { ShareButton } from "./share_button.tsx";

/** The head of the page on the paper of the event's kind: where one is, what it is, when, and its picture. */
export function EventBand({ event }: { event: EventHead | undefined }) {
  if (!event) return <BandWithout />;
  return (
    <div className="on-stock band">
      <div className="page band-crumbs">
        <Crumbs event={event} />
        <ShareButton name={event.name} />
      </div>
      <div className="page band-main">
        <div className="band-words">
          <h1 className={event.name.length > LONG_NAME_CHARS ? "long" : undefined}>
            {unbroken(event.name)}
          </h1>
          <When event={event} />
        </div>
        <div className="band-art">
          <Cover event={event} first />
        </div>
      </div>
    </div>
  );
}

/** Names longer than this are set smaller, so that they stay with their picture. */
const LONG_NAME_CHARS = 60;

function BandWithout() {
  const { event: texts } = useMessages();
  return (
    <div className="on-stock band" aria-busy="true">
      <div className="page band-main">
        <div className="band-words">
          <h1>{texts.loading}</h1>
        </div>
        <div className="band-art" />
      </div>
    </div>
  );
}

function Crumbs({ event: { event_type: kind, venue_city: city } }: { event: EventHead }) {
  const { common, event: texts } = useMessages();
  return (
    <nav className="crumb" aria-label={texts.crumbs}>
      <ol>
        <li>
          <Link to="/events">{common.events}</Link>
        </li>
        <li>
          <Link to="/events" search={{ type: kind }}>
            {common.kinds[kind.toLowerCase()] ?? kind}
          </Link>
        </li>
        <li>
          <Link to="/events" search={{ city }}>{city}</Link>
        </li>
      </ol>
    </nav>
  );
}

function When({ event }: { event: EventHead }) {
  const { event: texts } = useMessages();
  const { from, to, lastDay, isShort } = spanOf(event, useFormat());
  const place = `${event.venue_name}, ${event.venue_city}`;
  return (
    <p className="band-when">
      <time dateTime={event.start_datetime}>
        {isShort ? from.long : texts.dayAndTime(from.long, from.time)}
      </time>
      <br />
      {texts.at(
        isShort ? texts.sameDay(from.time, to.time) : texts.until(lastDay, to.time),
        place,
      )}
    </p>
  );
}
