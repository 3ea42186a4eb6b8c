import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { bookingQuery } from "../../api/bookings.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Note } from "../../parts/note.tsx";
import { useUser } from "../../session/use_user.ts";
import { useApp } from "../../use_app.ts";
import { BookingDetails } from "./booking_details.tsx";

const route = getRouteApi("/account/bookings/$bookingId");

/** One booking: what was bought and paid, what comes next, and how it is cancelled. */
export function BookingPage() {
  const { api } = useApp();
  const { account, common } = useMessages();
  const { bookingId } = route.useParams();
  const user = useUser();
  const { data: booking, isError, refetch } = useQuery({
    ...bookingQuery(api, bookingId),
    enabled: user !== undefined,
  });
  return (
    <div className="page booking">
      <Head title={booking?.event_name ?? account.facts} noindex />
      <p className="crumb">
        <Link to="/account/bookings">{account.allBookings}</Link>
      </p>
      {booking ? <BookingDetails booking={booking} /> : <h1 className="title">{account.facts}</h1>}
      {booking === null ? <p>{account.notYours} {account.signedInAs(user?.email ?? "")}</p> : null}
      {booking === undefined && !isError ? <div className="skeleton account__wait" /> : null}
      {isError && !booking
        ? (
          <Note kind="warn" role="status">
            {account.cannotRead}{" "}
            <button className="link" type="button" onClick={() => refetch()}>
              {common.tryAgain}
            </button>
          </Note>
        )
        : null}
    </div>
  );
}
