import { useId } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { Stepper } from "../../../parts/stepper.tsx";
import type { ChoiceLine } from "./choice.ts";
import { TypeHints } from "./type_hints.tsx";
import { TypeState } from "./type_state.tsx";

/** One ticket type: what it is and costs, and how many of it. */
export function TypeLine({ event, line, isOnly, onChoose }: {
  event: PublicEvent;
  line: ChoiceLine;
  isOnly: boolean;
  onChoose(ticketTypeId: string, quantity: number): void;
}) {
  const { common, event: texts } = useMessages();
  const { money } = useFormat();
  const hints = useId();
  const nameId = useId();
  const { type, quantity } = line;
  const name = isOnly ? texts.tickets : type.name;
  const isChosen = quantity > 0;
  return (
    <li className={type.state === "on_sale" ? "type" : "type type--closed"}>
      <div className="type-words">
        <b className="type-name" id={nameId}>{name}</b>
        {isOnly ? null : (
          <span className="type-price">
            {type.price === 0 ? common.free : money(type.price, event.currency)}
          </span>
        )}
        <TypeHints id={hints} line={line} isOnly={isOnly} />
      </div>
      {type.state === "on_sale"
        ? (
          <Stepper
            labelledBy={nameId}
            fewer={texts.fewer(name)}
            more={texts.more(name)}
            value={quantity}
            least={type.min_per_order}
            most={Math.max(line.most, isChosen ? quantity : 0)}
            allowsNone={!isOnly}
            onChange={(next) => onChoose(type.ticket_type_id, next)}
            describedBy={hints}
          />
        )
        : <TypeState event={event} type={type} />}
    </li>
  );
}
