import { useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { reserve } from "../../../api/bookings.ts";
import type { PublicEvent } from "../../../api/events.ts";
import type { WaitlistOffer } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { useApp } from "../../../use_app.ts";
import { ActionNote } from "../action_note.tsx";
import { FewerStepper } from "../fewer_stepper.tsx";
import { limitsOf } from "../join/wish.ts";
import { useAction } from "../use_action.ts";

/** Takes some of an offer: an order of fewer meets it, and the rest goes to the next person. */
export function TakeFewer({ event, offer }: { event: PublicEvent; offer: WaitlistOffer }) {
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const { ticket_type_id: ticketTypeId, quantity } = offer;
  const { least } = limitsOf(event, [ticketTypeId]);
  const most = quantity - 1;
  const [chosen, setChosen] = useState(most);
  const count = Math.max(least, Math.min(chosen, most));
  const labelId = useId();
  const { action, take } = useTake({ eventId: event.event_id, ticketTypeId });
  if (most < least) return null;
  return (
    <div className="take-fewer">
      <FewerStepper
        labelId={labelId}
        label={waitlist.takeFewerLabel}
        value={count}
        least={least}
        most={most}
        onChange={setChosen}
      />
      <button
        className="btn btn--second"
        type="button"
        aria-busy={action.isBusy}
        onClick={() => take(count)}
      >
        {action.isBusy ? waitlist.taking : waitlist.takeOnly(number(count))}
      </button>
      <ActionNote state={action.state} />
    </div>
  );
}

/** Orders so many and goes on to pay. Each number has one key, so an answer that is lost takes nothing twice. */
function useTake({ eventId, ticketTypeId }: { eventId: string; ticketTypeId: string }) {
  const { api } = useApp();
  const navigate = useNavigate();
  const action = useAction();
  const keys = useRef(new Map<number, string>());
  const take = (quantity: number) => {
    const key = keys.current.get(quantity) ?? crypto.randomUUID();
    keys.current.set(quantity, key);
    void action.run(async () => {
      const lines = [{ ticketTypeId, quantity }];
      const { reservation_id: bookingId } = await reserve(api, { eventId, lines, key });
      await navigate({ to: "/checkout/$bookingId", params: { bookingId } });
    });
  };
  return { action, take };
}
