import { Link } from "@tanstack/react-router";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import type { WantedLine } from "../../api/bookings.ts";
import type { HoldState } from "./hold_tickets.ts";

/** Why the tickets of an ended booking could not be held again, and what to do now. */
export function HoldAgainNote({ state, eventId, quantity, onHold }: {
  state: HoldState;
  eventId: string;
  /** How many were wanted. */
  quantity: number;
  onHold: (lines: readonly WantedLine[]) => void;
}) {
  const { checkout } = useMessages();
  const { number } = useFormat();
  const waitlist = (
    <Link to="/waitlist/$eventId" params={{ eventId }} search={{ n: quantity }}>
      {checkout.joinWaitlist}
    </Link>
  );
  switch (state.kind) {
    case "idle":
    case "holding":
      return null;
    case "asking_again":
      return <Note kind="warn" role="status">{checkout.askingAgain}</Note>;
    case "few": {
      const { kind: _, left, ...ofType } = state;
      return (
        <Note kind="warn" role="status">
          <b>{checkout.few(left, number(left))}</b>{" "}
          <button
            className="link"
            type="button"
            onClick={() => onHold([{ ...ofType, quantity: left }])}
          >
            {checkout.takeFew(number(left))}
          </button>{" "}
          · {waitlist}
        </Note>
      );
    }
    case "sold_out":
      return (
        <Note kind="bad" role="status">
          <b>{checkout.lastWent}</b> {waitlist}
        </Note>
      );
    case "limited":
      return <Note kind="warn" role="status">{checkout.limited(state.retryAfterS)}</Note>;
    case "refused":
      return (
        <Note kind="bad" role="status">
          {checkout.refused[state.code] ?? checkout.refusedOtherwise}
        </Note>
      );
    case "unreachable":
      return <Note kind="warn" role="status">{checkout.unreachable}</Note>;
  }
}
