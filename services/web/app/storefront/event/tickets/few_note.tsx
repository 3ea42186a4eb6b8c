import { Link } from "@tanstack/react-router";
import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { ChoiceLine } from "./choice.ts";
import { waitlistLink } from "./waitlist_link.ts";

/** Fewer are left than are chosen: take those, or wait for all. */
export function FewNote({ event, line: { type, quantity }, left, onTake }: {
  event: PublicEvent;
  line: ChoiceLine;
  left: number;
  onTake(ticketTypeId: string, quantity: number): void;
}) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  const id = type.ticket_type_id;
  const canTake = left >= type.min_per_order && left > 0;
  return (
    <>
      <p>{canTake ? texts.few(left, number(left)) : texts.justSoldOut}</p>
      <p className="press-row">
        {canTake
          ? (
            <button type="button" className="btn btn--second" onClick={() => onTake(id, left)}>
              {texts.take(number(left))}
            </button>
          )
          : null}
        <Link {...waitlistLink(event, { ticketTypeId: id, count: quantity })}>
          {texts.waitFor(quantity, number(quantity))}
        </Link>
      </p>
    </>
  );
}
