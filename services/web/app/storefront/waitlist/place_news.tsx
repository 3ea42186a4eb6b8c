import type { WaitlistOffer, WaitlistPlace } from "../../api/waitlist.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** Tells screen readers of a new place or an offer, politely; it stays in the page, so that changes are heard. */
export function PlaceNews({ place, offer }: {
  place: WaitlistPlace | null | undefined;
  offer: WaitlistOffer | undefined;
}) {
  const { waitlist } = useMessages();
  const { number } = useFormat();
  let text = "";
  if (offer) text = waitlist.offerTitle(offer.quantity, number(offer.quantity));
  else if (place?.status === "waiting" && place.position > 0) {
    text = waitlist.place(place.position, number(place.position), number(place.total_waiting));
  }
  return <p className="visually-hidden" role="status">{text}</p>;
}
