import type { PublicEvent } from "../../../api/events.ts";
import type { WaitlistPlace } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { Note } from "../../../parts/note.tsx";
import type { Ending } from "../states.ts";
import { useClockTime } from "../use_clock_time.ts";
import { WishTicket } from "../wish_ticket.tsx";
import { LeaveLine } from "./leave_line.tsx";
import { WaitFacts } from "./wait_facts.tsx";
import { WantFewer } from "./want_fewer.tsx";

/** One's place in line, live, and what one can do about it. */
export function InLine({ event, place, isStale, ending, onEnd }: {
  event: PublicEvent;
  place: WaitlistPlace;
  /** Whether the last answer is missing. */
  isStale: boolean;
  ending: Ending | undefined;
  onEnd(ending: Ending): void;
}) {
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const { position, total_waiting: total, quantity_requested: quantity, min_quantity } = place;
  return (
    <>
      <section className="wait-main">
        <p>
          <span className="tag tag--bad">{waitlist.soldOut}</span>
        </p>
        <h2 data-head>
          {position > 0
            ? waitlist.place(position, number(position), number(total))
            : waitlist.placeUnknown}
        </h2>
        {isStale ? <Note kind="warn" role="status">{waitlist.stale}</Note> : null}
        <KeptNote ending={ending} />
        <p className="wait-wish">
          {waitlist.wish(quantity, number(quantity), min_quantity, number(min_quantity))}{" "}
          {waitlist.nothingToPay}
        </p>
        <WaitFacts event={event} place={place} />
        <div className="wait-actions">
          <WantFewer event={event} place={place} />
          <LeaveLine event={event} place={place} onLeft={() => onEnd({ kind: "left" })} />
        </div>
      </section>
      <WishTicket event={event} quantity={quantity} ticketTypeIds={place.ticket_type_ids} />
    </>
  );
}

/** After an offer that cost no place. */
function KeptNote({ ending }: { ending: Ending | undefined }) {
  const { waitlist } = useMessages();
  const clockTime = useClockTime();
  if (!ending || ending.kind === "left") return null;
  return (
    <Note kind="info" role="status">
      {ending.kind === "over" && ending.at
        ? waitlist.overKept(clockTime(ending.at))
        : waitlist.keptPlace}
    </Note>
  );
}
