import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { eventsChanged } from "../api/events.ts";
import { makeVenue } from "../api/venues.ts";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { VenueForm } from "./venue_form.tsx";
import { venueBody } from "./venue_values.ts";

/** A new venue. */
export function NewVenuePage() {
  const { api } = useConsole();
  const { venues } = useConsoleMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <>
      <PageHead
        title={venues.newVenue}
        before={<Link to="/console/venues">{venues.title}</Link>}
      />
      <VenueForm
        save={async (values) => {
          await makeVenue(api, venueBody(values));
          void eventsChanged(queryClient);
          await navigate({ to: "/console/venues" });
        }}
      />
    </>
  );
}
