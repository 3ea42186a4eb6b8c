import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ApiError } from "../../api/errors.ts";
import { NotFoundInConsole } from "../frame/not_found_in_console.tsx";
import { PageSkeleton } from "../frame/page_skeleton.tsx";
import { eventToEditQuery } from "../api/events.ts";
import { allVenuesQuery } from "../api/venues.ts";
import { useConsole } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { EventEditor } from "./event_editor.tsx";

const route = getRouteApi("/console/events/$eventId/edit");

/** An event to be edited. It is loaded anew each time, so that nobody edits what is old already. */
export function EditEventPage() {
  const { eventId } = route.useParams();
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { data: event, error } = useQuery({
    ...eventToEditQuery(api, adminId, eventId),
    refetchOnWindowFocus: false,
  });
  const { data: venues } = useQuery(allVenuesQuery(api, adminId));
  if (error instanceof ApiError && (error.status === 404 || error.isMalformedId)) {
    return <NotFoundInConsole />;
  }
  if (!event || !venues) return <PageSkeleton />;
  return <EventEditor key={eventId} loaded={event} venues={venues} />;
}
