import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/errors.ts";
import { Note } from "../../parts/note.tsx";
import { unbroken } from "../../parts/unbroken.ts";
import { eventsChanged } from "../api/events.ts";
import { eventsAtVenueQuery, removeVenue, type Venue } from "../api/venues.ts";
import { Failure } from "../parts/failure.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";

/** So many events are named that stand in the way. */
const MOST_NAMED = 10;

/** Deletes a venue. Where events take place there, it says which. */
export function DeleteVenue({ venue }: { venue: Venue }) {
  const { api } = useConsole();
  const { venues } = useConsoleMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isInUse = error instanceof ApiError && error.code === "VENUE_IN_USE";
  const remove = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await removeVenue(api, venue.venue_id);
      await navigate({ to: "/console/venues" });
      void eventsChanged(queryClient);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <section className="form form__end" aria-labelledby="delete-title">
      <h2 id="delete-title">{venues.deleteTitle}</h2>
      <p className="soft">{venues.deleteHint}</p>
      <button className="btn btn--second" type="button" disabled={busy} onClick={remove}>
        {venues.delete}
      </button>
      {isInUse ? <InUse venue={venue} /> : <Failure error={error} />}
    </section>
  );
}

function InUse({ venue }: { venue: Venue }) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { venues } = useConsoleMessages();
  const { data } = useQuery(eventsAtVenueQuery(api, adminId, venue.venue_id));
  return (
    <Note kind="bad" role="alert">
      <p>{data?.length === 0 ? venues.inUseByOthers : venues.inUse}</p>
      <ul>
        {data?.slice(0, MOST_NAMED).map(({ event_id, name }) => (
          <li key={event_id}>
            <Link to="/console/events/$eventId/edit" params={{ eventId: event_id }}>
              {unbroken(name)}
            </Link>
          </li>
        ))}
      </ul>
    </Note>
  );
}
