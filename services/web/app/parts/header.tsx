import { Link } from "@tanstack/react-router";
import { useMessages } from "../messages/use_messages.ts";

/** The brand, the way to everything, and who is logged in. */
export function Header() {
  const { common } = useMessages();
  return (
    <header className="page top">
      <Link className="mark" to="/">{common.brand}</Link>
      <nav aria-label={common.mainNavigation}>
        <a href="/events">{common.events}</a>
        <a href="/account/bookings">{common.myTickets}</a>
      </nav>
      <div className="end">
        <a href="/login">{common.signIn}</a>
      </div>
    </header>
  );
}
