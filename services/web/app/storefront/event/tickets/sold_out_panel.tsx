import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useMessages } from "../../../messages/use_messages.ts";
import { Stepper } from "../../../parts/stepper.tsx";
import type { LiveEvent } from "../use_live_event.ts";
import { TypeLine } from "./type_line.tsx";
import { sumUp } from "./choice.ts";
import { StaleNote } from "./stale_note.tsx";
import { waitlistLink } from "./waitlist_link.ts";

const USUAL_TICKETS = 2;

/** The way to the waitlist; where there are several ticket types, each has its own. */
export function SoldOutPanel({ live }: { live: LiveEvent }) {
  const { event: texts } = useMessages();
  const { event, mostTickets } = live;
  if (event.ticket_types.length === 1) return <OneLine live={live} />;
  const { lines } = sumUp(event, { choice: {}, mostTickets });
  return (
    <div className="panel-body">
      <ul className="types">
        {lines.map((line) => (
          <TypeLine
            key={line.type.ticket_type_id}
            event={event}
            line={line}
            isOnly={false}
            onChoose={() => {}}
          />
        ))}
      </ul>
      <p className="small">{texts.underWaitlist}</p>
      <StaleNote live={live} />
    </div>
  );
}

function OneLine({ live }: { live: LiveEvent }) {
  const { event: texts } = useMessages();
  const { event, mostTickets } = live;
  const nameId = useId();
  const [type] = event.ticket_types;
  const least = type?.min_per_order ?? 1;
  const most = Math.max(Math.min(type?.max_per_order ?? mostTickets, mostTickets), least);
  const [count, setCount] = useState(Math.min(Math.max(USUAL_TICKETS, least), most));
  return (
    <div className="panel-body">
      <p className="line">
        <b id={nameId}>{texts.tickets}</b>
        <Stepper
          labelledBy={nameId}
          fewer={texts.fewer(texts.tickets)}
          more={texts.more(texts.tickets)}
          value={count}
          least={least}
          most={most}
          onChange={setCount}
        />
      </p>
      <Link className="btn btn--wide" {...waitlistLink(event, { count })}>
        {texts.joinWaitlist}
      </Link>
      <p className="small">{texts.underWaitlist}</p>
      <StaleNote live={live} />
    </div>
  );
}
