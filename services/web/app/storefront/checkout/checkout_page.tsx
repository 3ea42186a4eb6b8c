import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type Booking, bookingQuery } from "../../api/bookings.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Note } from "../../parts/note.tsx";
import { useOwnStream } from "../../parts/use_own_stream.ts";
import { useSession } from "../../session/use_session.ts";
import { useUser } from "../../session/use_user.ts";
import { useApp } from "../../use_app.ts";
import { CheckoutSkeleton } from "./checkout_skeleton.tsx";
import { EndedCheckout } from "./ended_checkout.tsx";
import { NotMine } from "./not_mine.tsx";
import { OpenCheckout } from "./open_checkout.tsx";
import { useWayToTicket } from "./use_way_to_ticket.ts";

const route = getRouteApi("/checkout/$bookingId");

/** How often a booking that waits for its payment is read again where there is no stream of what became of it. */
const PENDING_REFETCH_MS = 15_000;

/** Paying for held tickets. The address names the booking, so every tab and device shows the same. */
export function CheckoutPage() {
  const { bookingId } = route.useParams();
  const { checkout } = useMessages();
  return (
    <>
      <Head title={checkout.title} noindex />
      <CheckoutOf key={bookingId} bookingId={bookingId} />
    </>
  );
}

/** Whether a booking may change unseen: the stream tells of open ones, and of late money that goes back nobody does. */
function mayChange(booking: Booking | null | undefined, isStreamed: boolean): boolean {
  if (booking?.status === "pending") return !isStreamed;
  return booking?.payment_processing === true;
}

function CheckoutOf({ bookingId }: { bookingId: string }) {
  const { api } = useApp();
  const { checkout, common } = useMessages();
  const session = useSession();
  useUser();
  const isStreamed = useOwnStream();
  const { data: booking, isError, refetch } = useQuery({
    ...bookingQuery(api, bookingId),
    enabled: session.status === "in",
    refetchInterval: ({ state: { data } }) => mayChange(data, isStreamed) && PENDING_REFETCH_MS,
  });
  useWayToTicket(booking);
  // As the server has it: the booking may be there before the page is taken over.
  if (session.status === "unknown") return <CheckoutSkeleton />;
  if (booking === null) return <NotMine />;
  if (booking?.status === "pending") return <OpenCheckout booking={booking} />;
  if (booking) return <EndedCheckout booking={booking} />;
  if (!isError) return <CheckoutSkeleton />;
  return (
    <div className="page page--plain stack">
      <h1 className="title">{checkout.title}</h1>
      <Note kind="warn" role="status">
        {checkout.cannotRead}{" "}
        <button className="link" type="button" onClick={() => refetch()}>{common.tryAgain}</button>
      </Note>
    </div>
  );
}
