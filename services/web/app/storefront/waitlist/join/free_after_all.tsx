import { Link } from "@tanstack/react-router";
import type { PublicEvent } from "../../../api/events.ts";
import { useMessages } from "../../../messages/use_messages.ts";

/** What is wanted can be bought: back to the event. */
export function FreeAfterAll({ event }: { event: PublicEvent }) {
  const { waitlist } = useMessages();
  return (
    <section className="wait-main">
      <h2 data-head>{waitlist.freeTitle}</h2>
      <p>{waitlist.freeText}</p>
      <p>
        <Link className="btn" to="/events/$eventId" params={{ eventId: event.event_id }}>
          {waitlist.freeButton}
        </Link>
      </p>
    </section>
  );
}
