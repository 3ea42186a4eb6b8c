import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { useSession } from "../../session/use_session.ts";

/** There is no such booking of this account; it may be another one's. */
export function NotMine() {
  const { checkout } = useMessages();
  const session = useSession();
  const email = session.status === "in" ? session.user.email : "";
  return (
    <div className="page page--plain stack">
      <h1 className="title">{checkout.notMine}</h1>
      <p>{checkout.loggedInAs(email)}</p>
      <p>
        <Link className="btn" to="/account/bookings">{checkout.myBookings}</Link>
      </p>
    </div>
  );
}
