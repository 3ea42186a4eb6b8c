/** Address of an event's generated cover; a year of cache, as kind and id never change what it shows. */
export function coverPath(eventType: string, eventId: string): string {
  return `/covers/${encodeURIComponent(eventType.toLowerCase())}/${eventId}.svg`;
}

/** An event's picture: decoration, as its name always stands beside it. `first` is the largest one that is seen at once. */
export function Cover({ event, first = false }: {
  event: { event_id: string; event_type: string; image_url?: string | undefined };
  first?: boolean;
}) {
  return (
    <img
      className="cover"
      src={event.image_url ?? coverPath(event.event_type, event.event_id)}
      alt=""
      width={800}
      height={600}
      {...(first ? { fetchPriority: "high" as const } : { loading: "lazy" as const })}
    />
  );
}
