/** Address of an event's generated cover; a year of cache, as kind and id never change what it shows. */
export function coverPath(eventType: string, eventId: string): string {
  return `/covers/${encodeURIComponent(eventType.toLowerCase())}/${eventId}.svg`;
}
