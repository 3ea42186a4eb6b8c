import { Link } from "@tanstack/react-router";
import { useConsoleMessages } from "../use_console.ts";

/** The pages of one event. */
export type EventTab = "sales" | "bookings" | "waitlist" | "holds" | "ledger" | "wall" | "edit";

const TABS = [
  ["sales", "/console/events/$eventId"],
  ["bookings", "/console/events/$eventId/bookings"],
  ["waitlist", "/console/events/$eventId/waitlist"],
  ["holds", "/console/events/$eventId/holds"],
  ["ledger", "/console/events/$eventId/ledger"],
  ["wall", "/console/events/$eventId/live"],
  ["edit", "/console/events/$eventId/edit"],
] as const;

/** The way between the pages of one event. */
export function EventTabs({ eventId, tab }: { eventId: string; tab: EventTab }) {
  const { event: texts } = useConsoleMessages();
  return (
    <nav className="event-tabs" aria-label={texts.ways}>
      {TABS.map(([name, to]) => (
        <Link
          key={name}
          to={to}
          params={{ eventId }}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={name === tab ? "page" : undefined}
        >
          {texts.tabs[name]}
        </Link>
      ))}
    </nav>
  );
}
