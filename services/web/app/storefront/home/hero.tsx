import type { Overview } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { FindForm } from "./find_form.tsx";
import { QuickChips } from "./quick_chips.tsx";

/** The loud line with what is true now, and the ways to find something. */
export function Hero({ overview }: { overview: Overview | undefined }) {
  const { home } = useMessages();
  return (
    <section className="page hero">
      <h1>{useLoudLine(overview)}</h1>
      <p className="lead">{home.lead}</p>
      <FindForm cities={overview?.facets.cities ?? []} />
      <QuickChips kinds={overview?.facets.event_types ?? []} />
    </section>
  );
}

/** Seats left at the events that have any; without a count of the seats the events, and without that no number. */
function useLoudLine(overview: Overview | undefined): string {
  const { home } = useMessages();
  const { number } = useFormat();
  if (!overview || overview.total === 0) return home.loudWithout;
  const { left, total } = overview;
  if (!left) return home.loudEvents(total, number(total));
  if (left.seats === 0) return home.loudWithout;
  return home.loud(left.seats, number(left.seats), left.events, number(left.events));
}
