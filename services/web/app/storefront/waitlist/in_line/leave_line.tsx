import type { PublicEvent } from "../../../api/events.ts";
import { leaveWaitlist, type WaitlistPlace } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { useApp } from "../../../use_app.ts";
import { AskFirst } from "../ask_first.tsx";

/** Leaves the line, after a question: the place cannot be had back. */
export function LeaveLine({ event, place, onLeft }: {
  event: PublicEvent;
  place: WaitlistPlace;
  onLeft(): void;
}) {
  const { api } = useApp();
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const { position, total_waiting: total } = place;
  return (
    <AskFirst
      button={waitlist.leave}
      title={waitlist.leaveTitle}
      text={position > 0
        ? waitlist.leaveText(position, number(position), number(total))
        : waitlist.leaveTextUnknown}
      yes={waitlist.leave}
      busy={waitlist.leaving}
      no={waitlist.stay}
      send={() => leaveWaitlist(api, event.event_id)}
      onDone={onLeft}
    />
  );
}
