import { useMessages } from "../../../messages/use_messages.ts";
import type { LiveEvent } from "../use_live_event.ts";
import { RefundFact } from "./refund_fact.tsx";
import { WhenFact } from "./when_fact.tsx";
import { WhereFact } from "./where_fact.tsx";

/** When, where, and what if. What the organiser has not told is left out. */
export function EventFacts({ live: { event, asOfMs } }: { live: LiveEvent }) {
  const { event: texts } = useMessages();
  return (
    <dl className="facts">
      <dt>{texts.when}</dt>
      <dd>
        <WhenFact event={event} />
      </dd>
      <dt>{texts.where}</dt>
      <dd>
        <WhereFact event={event} />
      </dd>
      <dt>{texts.cannotCome}</dt>
      <dd>
        <RefundFact event={event} asOfMs={asOfMs} />
      </dd>
      {event.access_notes
        ? (
          <>
            <dt>{texts.access}</dt>
            <dd>{event.access_notes}</dd>
          </>
        )
        : null}
      {event.organiser_name
        ? (
          <>
            <dt>{texts.organiser}</dt>
            <dd>{event.organiser_name}</dd>
          </>
        )
        : null}
    </dl>
  );
}
