import type { PublicEvent } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { EndedView } from "./ended_view.tsx";
import { InLine } from "./in_line/in_line.tsx";
import { JoinView } from "./join/join_view.tsx";
import type { Asked, Ending } from "./states.ts";
import type { PlaceResult } from "./use_place.ts";

/** What stands below the head, by where one is: not in line, in line, or out of it again. */
export function PlaceView({ event, place, asked, ending, onEnd }: {
  event: PublicEvent;
  place: PlaceResult;
  asked: Asked;
  ending: Ending | undefined;
  onEnd(ending: Ending | undefined): void;
}) {
  const { waitlist } = useMessages();
  const { data, isError, refetch } = place;
  if (data === undefined) {
    if (!isError) return <PlaceSkeleton />;
    return (
      <Note kind="warn" role="status">
        {waitlist.cannotRead}{" "}
        <button type="button" className="link" onClick={() => void refetch()}>
          {waitlist.tryAgain}
        </button>
      </Note>
    );
  }
  if (data?.status === "waiting" || data?.status === "offered") {
    return <InLine event={event} place={data} isStale={isError} ending={ending} onEnd={onEnd} />;
  }
  if (data?.status === "converted") return <EndedView event={event} place={data} />;
  if (data?.why?.code === "CLOSED") return <EndedView event={event} place={data} />;
  return (
    <JoinView
      event={event}
      asked={asked}
      ending={ending ?? (data ? { kind: "over", at: undefined } : undefined)}
      onJoined={() => onEnd(undefined)}
    />
  );
}

function PlaceSkeleton() {
  const { waitlist } = useMessages();
  return (
    <div className="wait-main" aria-busy="true">
      <p className="visually-hidden">{waitlist.loading}</p>
      <div className="skeleton wait-skeleton wait-skeleton--head" aria-hidden="true" />
      <div className="skeleton wait-skeleton" aria-hidden="true" />
    </div>
  );
}
