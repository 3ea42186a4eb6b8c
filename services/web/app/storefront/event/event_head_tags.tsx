import type { PublicEvent } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { zoneOf } from "./zone.ts";

/** Longest description that search engines show. */
const MAX_DESCRIPTION_CHARS = 155;

/** Title and preview of an event's page. */
export function EventHeadTags({ event }: { event: PublicEvent }) {
  const { event: texts } = useMessages();
  const when = useFormat().when(event.start_datetime, zoneOf(event));
  return (
    <Head
      title={texts.title(event.name, event.venue_city, when)}
      description={briefOf(event.description)}
      path={`/events/${event.event_id}`}
      image={`/og/${event.event_id}.png`}
    />
  );
}

/** The first sentences of a text, cut between words. */
function briefOf(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s+/g, " ").trim();
  if (!plain || plain.length <= MAX_DESCRIPTION_CHARS) return plain || undefined;
  const cut = plain.slice(0, MAX_DESCRIPTION_CHARS);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1)).replace(/[\s,;:.]+$/, "")}…`;
}
