import { Link } from "@tanstack/react-router";
import type { PublicEvent, TicketType } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { zoneOf } from "../zone.ts";
import { isSoldOut } from "./sale.ts";
import { waitlistLink } from "./waitlist_link.ts";

/** Why a ticket type cannot be bought now, and what can be done about it. */
export function TypeState({ event, type }: { event: PublicEvent; type: TicketType }) {
  const { event: texts } = useMessages();
  const format = useFormat();
  if (isSoldOut(type)) {
    const link = waitlistLink(event, { ticketTypeId: type.ticket_type_id, count: 1 });
    return (
      <span className="type-state">
        <b>{texts.typeSoldOut}</b>
        <Link {...link} aria-label={texts.typeWaitlistOf(type.name)}>{texts.typeWaitlist}</Link>
      </span>
    );
  }
  const when = type.sales_start && format.when(type.sales_start, zoneOf(event));
  return (
    <span className="type-state">
      {type.state === "soon" && when
        ? texts.typeSoon(texts.dayAndTime(when.short, when.time))
        : texts.typeEnded}
    </span>
  );
}
