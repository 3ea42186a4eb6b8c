import type { SearchResult } from "../../../api/events.ts";
import { useFormat } from "../../../messages/use_messages.ts";
import { EventRow } from "../../../parts/event_row.tsx";

/** The month day by day, for narrow screens. */
export function Agenda({ byDay }: { byDay: ReadonlyMap<string, SearchResult[]> }) {
  const format = useFormat();
  const days = [...byDay.keys()].sort();
  return (
    <div className="agenda">
      {days.map((day) => (
        <section key={day}>
          <h3>{format.day(day)}</h3>
          <ul className="rows">
            {byDay.get(day)!.map((event) => <EventRow key={event.event_id} event={event} />)}
          </ul>
        </section>
      ))}
    </div>
  );
}
