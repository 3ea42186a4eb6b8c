import type { PublicEvent } from "../../../api/events.ts";
import { useMessages } from "../../../messages/use_messages.ts";

/** The place with its address, and the way there. */
export function WhereFact({ event }: { event: PublicEvent }) {
  const { event: texts } = useMessages();
  const { venue_name, venue_address, venue_city, venue_postal_code } = event;
  const city = venue_postal_code ? `${venue_city} ${venue_postal_code}` : venue_city;
  const address = [venue_name, venue_address, city].join(", ");
  return (
    <>
      {address}
      <br />
      <a href={directionsTo(event, address)} rel="noreferrer" target="_blank">
        {texts.directions}
      </a>
    </>
  );
}

/** By an address that opens the map program of a phone and a page elsewhere. */
function directionsTo({ latitude, longitude }: PublicEvent, address: string): string {
  const isPlaced = latitude !== undefined && longitude !== undefined;
  const destination = isPlaced ? `${latitude},${longitude}` : address;
  const query = new URLSearchParams({ api: "1", destination });
  return `https://www.google.com/maps/dir/?${query}`;
}
