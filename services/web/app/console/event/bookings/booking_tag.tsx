import type { BookingStatus } from "../../api/event_bookings.ts";
import { useConsoleMessages } from "../../use_console.ts";

const KINDS: Readonly<Record<BookingStatus, string>> = {
  confirmed: "tag--ok",
  pending: "tag--info",
  cancelled: "tag--bad",
  expired: "",
};

/** How a booking stands, in a word. */
export function BookingTag({ status }: { status: BookingStatus }) {
  const { eventBookings: texts } = useConsoleMessages();
  return <span className={`tag ${KINDS[status]}`}>{texts.states[status]}</span>;
}
