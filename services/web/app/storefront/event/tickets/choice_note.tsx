import { Link } from "@tanstack/react-router";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { HoldState } from "../../checkout/hold_tickets.ts";
import type { LiveEvent } from "../use_live_event.ts";
import type { ChoiceSum } from "./choice.ts";
import { FewNote } from "./few_note.tsx";
import { waitlistLink } from "./waitlist_link.ts";

/** What has become of the choice, also when it was asked for, and what can be done now. It is heard at once. */
export function ChoiceNote({ live, sum, state, onTake, onAgain }: {
  live: LiveEvent;
  sum: ChoiceSum;
  state: HoldState;
  onTake(ticketTypeId: string, quantity: number): void;
  onAgain(): void;
}) {
  return (
    <div className="choice-note" role="status">
      <NoteText {...{ live, sum, state, onTake, onAgain }} />
    </div>
  );
}

function NoteText({ live: { event }, sum, state, onTake, onAgain }: {
  live: LiveEvent;
  sum: ChoiceSum;
  state: HoldState;
  onTake(ticketTypeId: string, quantity: number): void;
  onAgain(): void;
}) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  switch (state.kind) {
    case "idle":
      if (sum.hasUnsold) return <p>{texts.unsold}</p>;
      return sum.short
        ? <FewNote event={event} line={sum.short} left={sum.short.type.available} onTake={onTake} />
        : null;
    case "few": {
      const line = sum.lines.find(({ type }) => type.ticket_type_id === state.ticketTypeId) ??
        sum.lines.find(({ quantity }) => quantity > 0);
      // Fewer are chosen by now: what the server said is over.
      if (!line || line.quantity <= state.left) return null;
      return <FewNote event={event} line={line} left={state.left} onTake={onTake} />;
    }
    case "sold_out":
      return (
        <p>
          {texts.justSoldOut}{" "}
          <Link {...waitlistLink(event, { count: Math.max(sum.tickets, 1) })}>
            {texts.joinWaitlist}
          </Link>
        </p>
      );
    case "limited":
      return <p>{texts.limited(state.retryAfterS, number(state.retryAfterS))}</p>;
    case "refused":
      return <p>{texts.refused[state.reason ?? state.code] ?? texts.refusedOtherwise}</p>;
    case "unreachable":
      return navigator.onLine
        ? (
          <p>
            {texts.noAnswer}{" "}
            <button type="button" className="link" onClick={onAgain}>{texts.askAgain}</button>
          </p>
        )
        : <p>{texts.offline}</p>;
    default:
      return null;
  }
}
