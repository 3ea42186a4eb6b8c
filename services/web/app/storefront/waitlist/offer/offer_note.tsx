import type { WaitlistOffer, WaitlistPlace } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { Note } from "../../../parts/note.tsx";
import { useClockTime } from "../use_clock_time.ts";

/** Until when it is one's own, and what becomes of it and of one's place after that. */
export function OfferNote({ place, offer }: { place: WaitlistPlace; offer: WaitlistOffer }) {
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const clockTime = useClockTime();
  const { quantity, partial, last } = offer;
  const { quantity_requested: wanted, total_waiting: waiting } = place;
  return (
    <Note kind="info">
      {waitlist.nobodyElse(quantity, clockTime(offer.expires_at))} {last
        ? waitlist.thenLast
        : partial
        ? waitlist.thenKeeps(quantity, number(wanted))
        : waitlist.thenNext(quantity, waiting, number(waiting))}
    </Note>
  );
}
