import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ticketQuery } from "../../api/tickets.ts";
import { useApp } from "../../use_app.ts";

const route = getRouteApi("/tickets/$code");

/** The tickets of a booking. */
export function TicketPage() {
  const { api } = useApp();
  const { code } = route.useParams();
  const { data } = useQuery(ticketQuery(api, code));
  return <h1>{data?.ticket.event.name}</h1>;
}
