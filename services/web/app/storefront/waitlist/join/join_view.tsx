import { useState } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { joinWaitlist } from "../../../api/waitlist.ts";
import { useMessages } from "../../../messages/use_messages.ts";
import { useApp } from "../../../use_app.ts";
import { EndingNote } from "../ending_note.tsx";
import type { Asked, Ending } from "../states.ts";
import { useAction } from "../use_action.ts";
import { WishTicket } from "../wish_ticket.tsx";
import { FreeAfterAll } from "./free_after_all.tsx";
import { JoinForm } from "./join_form.tsx";
import { canBeBought, type Choice, firstChoice, waitableTypes } from "./wish.ts";

/** For who is not in line: what to wait for, or that nobody has to wait. */
export function JoinView({ event, asked, ending, onJoined }: {
  event: PublicEvent;
  asked: Asked;
  ending: Ending | undefined;
  onJoined(): void;
}) {
  const { api } = useApp();
  const { waitlist } = useMessages();
  const [choice, setChoice] = useState<Choice>(() => firstChoice(event, asked));
  const [fewerWelcome, setFewerWelcome] = useState(false);
  const action = useAction();
  const isRefusedAsFree = action.state.kind === "refused" &&
    action.state.code === "SEATS_AVAILABLE";
  if (isRefusedAsFree || canBeBought(event, choice)) return <FreeAfterAll event={event} />;
  if (waitableTypes(event).length === 0) {
    return (
      <section className="wait-main">
        <h2 data-head>{waitlist.closedTitle}</h2>
        <p>{waitlist.notOnSale}</p>
      </section>
    );
  }
  const join = () =>
    action.run(async () => {
      await joinWaitlist(api, {
        eventId: event.event_id,
        quantity: choice.count,
        fewerWelcome: fewerWelcome && choice.count > 1,
        ticketTypeIds: event.ticket_types.length > 1 ? choice.ticketTypeIds : [],
      });
      onJoined();
    });
  return (
    <>
      <section className="wait-main">
        <p>
          <span className="tag tag--bad">{waitlist.soldOut}</span>
        </p>
        <h2 data-head>{waitlist.joinTitle}</h2>
        <EndingNote ending={ending} />
        <p className="measure">{waitlist.joinLead}</p>
        <JoinForm
          event={event}
          choice={choice}
          onChoose={setChoice}
          fewerWelcome={fewerWelcome}
          onFewerWelcome={setFewerWelcome}
          action={action}
          onJoin={join}
        />
      </section>
      <WishTicket event={event} quantity={choice.count} ticketTypeIds={choice.ticketTypeIds} />
    </>
  );
}
