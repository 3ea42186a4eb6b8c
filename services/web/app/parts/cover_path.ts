import { KINDS } from "../../cover/kinds.ts";

/** Kinds without a look share one address a picture, whatever organisers call them. */
const OTHER = "other";

/** Address of an event's generated cover; a year of cache, as kind and id never change what it shows. */
export function coverPath(eventType: string, eventId: string): string {
  const kind = eventType.toLowerCase();
  return `/covers/${KINDS.has(kind) ? kind : OTHER}/${eventId}.svg`;
}
