import { Link } from "@tanstack/react-router";
import type { PublicEvent } from "../../../api/events.ts";
import { declineOffer, type WaitlistOffer, type WaitlistPlace } from "../../../api/waitlist.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { HoldBand } from "../../../parts/hold_band.tsx";
import { stockOf } from "../../../parts/stock.ts";
import { useApp } from "../../../use_app.ts";
import { AskFirst } from "../ask_first.tsx";
import type { Ending } from "../states.ts";
import { OfferNote } from "./offer_note.tsx";
import { OfferTicket } from "./offer_ticket.tsx";
import { TakeFewer } from "./take_fewer.tsx";
import { useOfferTime } from "./use_offer_time.ts";

const SECOND_MS = 1_000;

/** Tickets that came back: take them, take fewer, or pass them on, by the server's clock. */
export function OfferView({ event, place, offer, onEnd }: {
  event: PublicEvent;
  place: WaitlistPlace;
  offer: WaitlistOffer;
  onEnd(ending: Ending): void;
}) {
  const { api } = useApp();
  const { waitlist } = useMessages();
  const { number } = useFormat();
  const left = useOfferTime(offer.expires_at);
  const { quantity, reservation_id: bookingId } = offer;
  const keepsPlace = offer.partial || offer.last;
  const offeredMs = Date.parse(offer.expires_at) - Date.parse(place.offered_at ?? "");
  return (
    <>
      <HoldBand
        stock={stockOf(event.event_type)}
        left={left}
        total={Math.max(1, offeredMs / SECOND_MS || left || 1)}
      >
        <p>{waitlist.offerOpen}</p>
      </HoldBand>
      <div className="page offer">
        <h1 data-head>{waitlist.offerTitle(quantity, number(quantity))}</h1>
        <OfferTicket event={event} offer={offer} />
        <div className="offer-ways">
          <Link
            className="btn btn--wide"
            to="/checkout/$bookingId"
            params={{ bookingId }}
          >
            {waitlist.take(quantity, number(quantity))}
          </Link>
          <TakeFewer event={event} offer={offer} />
          <AskFirst
            button={waitlist.passOn(quantity)}
            title={waitlist.passOnTitle(quantity)}
            text={keepsPlace ? waitlist.passOnKeeps(quantity) : waitlist.passOnText(quantity)}
            yes={waitlist.passOn(quantity)}
            busy={waitlist.passing}
            no={waitlist.keepOffer}
            send={() => declineOffer(api, event.event_id)}
            onDone={() => onEnd({ kind: "passed_on" })}
          />
          <OfferNote place={place} offer={offer} />
        </div>
      </div>
    </>
  );
}
