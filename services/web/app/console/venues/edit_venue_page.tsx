import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Note } from "../../parts/note.tsx";
import { NotFoundInConsole } from "../frame/not_found_in_console.tsx";
import { PageSkeleton } from "../frame/page_skeleton.tsx";
import { eventsChanged } from "../api/events.ts";
import { allVenuesQuery, saveVenue } from "../api/venues.ts";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useMayChange } from "../use_may_change.ts";
import { useOrganiser } from "../use_organiser.ts";
import { DeleteVenue } from "./delete_venue.tsx";
import { VenueForm } from "./venue_form.tsx";
import { venueBody } from "./venue_values.ts";

const route = getRouteApi("/console/venues/$venueId/edit");

/** A venue, to be changed or deleted. */
export function EditVenuePage() {
  const { venueId } = route.useParams();
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { frame, venues } = useConsoleMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data } = useQuery(allVenuesQuery(api, adminId));
  const venue = data?.find(({ venue_id }) => venue_id === venueId);
  const mayChange = useMayChange(venue?.organisation_id);
  if (data && !venue) return <NotFoundInConsole />;
  if (!venue || mayChange === undefined) return <PageSkeleton />;
  return (
    <>
      <PageHead
        title={venue.name}
        before={<Link to="/console/venues">{venues.title}</Link>}
      />
      {mayChange ? null : <Note kind="info">{frame.readOnly}</Note>}
      <VenueForm
        key={venue.updated_at}
        isOpen={mayChange}
        venue={venue}
        save={async (values) => {
          await saveVenue(api, venueId, venueBody(values));
          await navigate({ to: "/console/venues" });
          void eventsChanged(queryClient);
        }}
      />
      {mayChange ? <DeleteVenue venue={venue} /> : null}
    </>
  );
}
