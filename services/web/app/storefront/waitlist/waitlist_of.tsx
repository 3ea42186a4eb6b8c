import { useEffect, useState } from "react";
import type { PublicEvent } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { useLiveEvent } from "../event/use_live_event.ts";
import { EventBand } from "../event/event_band.tsx";
import { unbroken } from "../../parts/unbroken.ts";
import { useUser } from "../../session/use_user.ts";
import { OfferView } from "./offer/offer_view.tsx";
import { PlaceNews } from "./place_news.tsx";
import { PlaceView } from "./place_view.tsx";
import type { Asked, Ending } from "./states.ts";
import { useFocusKept } from "./use_focus_kept.ts";
import { usePlace } from "./use_place.ts";

/** The waitlist of one event, for the user who is logged in. An offer takes the whole page, as paying does. */
export function WaitlistOf({ event: loaded, asked }: { event: PublicEvent; asked: Asked }) {
  const { event } = useLiveEvent(loaded);
  const { waitlist } = useMessages();
  const user = useUser();
  const place = usePlace({ userId: user?.userId, eventId: event.event_id });
  const [ending, setEnding] = useState<Ending>();
  const offer = place.data?.status === "offered" ? place.data.offer : undefined;
  useOfferOver(offer?.expires_at, setEnding);
  const root = useFocusKept(place.data === null ? "none" : place.data?.status);
  return (
    <div ref={root}>
      <Head
        title={offer ? waitlist.offerOpen : waitlist.title(unbroken(event.name))}
        noindex
      />
      {offer && place.data
        ? <OfferView event={event} place={place.data} offer={offer} onEnd={setEnding} />
        : (
          <>
            <EventBand event={event} />
            <div className="page wait">
              <PlaceView
                event={event}
                place={place}
                asked={asked}
                ending={ending}
                onEnd={setEnding}
              />
            </div>
          </>
        )}
      <PlaceNews place={place.data} offer={offer} />
    </div>
  );
}

/** Remembers when the offer that is shown will have ended, to say so once it is gone. */
function useOfferOver(expiresAt: string | undefined, onEnd: (ending: Ending) => void): void {
  useEffect(() => {
    if (expiresAt) onEnd({ kind: "over", at: expiresAt });
  }, [expiresAt, onEnd]);
}
