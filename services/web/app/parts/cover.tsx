import { coverPath } from "./cover_path.ts";

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
