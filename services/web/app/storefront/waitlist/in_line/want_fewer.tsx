import { useId, useState } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { type WaitlistPlace, wantFewer } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { useApp } from "../../../use_app.ts";
import { ActionNote } from "../action_note.tsx";
import { FewerStepper } from "../fewer_stepper.tsx";
import { limitsOf } from "../join/wish.ts";
import { useAction } from "../use_action.ts";

/** Waits for fewer tickets, or is content with fewer; the place stays. There is no way to more but a new place. */
export function WantFewer({ event, place }: { event: PublicEvent; place: WaitlistPlace }) {
  const { api } = useApp();
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const action = useAction();
  const labelId = useId();
  const { event_id: eventId } = event;
  const { quantity_requested: quantity, min_quantity: contentWith } = place;
  const { least } = limitsOf(event, place.ticket_type_ids);
  const [chosen, setChosen] = useState<number>();
  const most = quantity - 1;
  const count = Math.max(least, Math.min(chosen ?? most, most));
  if (most < least) return null;
  return (
    <div className="want-fewer" role="group" aria-labelledby={labelId}>
      <FewerStepper
        labelId={labelId}
        label={waitlist.changeLabel}
        value={count}
        least={least}
        most={most}
        onChange={setChosen}
      />
      <button
        className="btn btn--second"
        type="button"
        aria-busy={action.isBusy}
        onClick={() => void action.run(() => wantFewer(api, { eventId, quantity: count }))}
      >
        {waitlist.changeTo(count, number(count))}
      </button>
      {contentWith > least
        ? (
          <button
            className="btn btn--second"
            type="button"
            onClick={() => void action.run(() => wantFewer(api, { eventId, least }))}
          >
            {waitlist.welcomeFewer}
          </button>
        )
        : null}
      <p className="small soft want-fewer-hint">{waitlist.changeHint}</p>
      <ActionNote state={action.state} />
    </div>
  );
}
