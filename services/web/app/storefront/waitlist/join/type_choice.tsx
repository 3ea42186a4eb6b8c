import { useId } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { waitableTypes } from "./wish.ts";

/** Ticket types to wait for, in the order in which they are chosen. */
export function TypeChoice({ event, chosen, onToggle }: {
  event: PublicEvent;
  chosen: readonly string[];
  onToggle(ticketTypeId: string): void;
}) {
  const { common, waitlist } = useMessages();
  const { money, number } = useFormat();
  const hintId = useId();
  return (
    <fieldset className="type-choice" aria-describedby={hintId}>
      <legend>{waitlist.types}</legend>
      <p id={hintId} className="hint">{waitlist.typesHint}</p>
      {waitableTypes(event).map(({ ticket_type_id: id, name, price }) => {
        const place = chosen.indexOf(id) + 1;
        return (
          <label className="check" key={id}>
            <input type="checkbox" checked={place > 0} onChange={() => onToggle(id)} />
            <span className="check-name">{name}</span>
            {place > 0 && chosen.length > 1
              ? <span className="tag">{waitlist.choice(place, number(place))}</span>
              : null}
            <span className="check-price">
              {price === 0 ? common.free : money(price, event.currency)}
            </span>
          </label>
        );
      })}
      {chosen.length === 0 ? <p className="error" role="alert">{waitlist.noType}</p> : null}
    </fieldset>
  );
}
