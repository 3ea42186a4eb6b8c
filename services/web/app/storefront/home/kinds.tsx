import { Link } from "@tanstack/react-router";
import type { SearchResponse } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";

/** Kinds of events, each on its paper. */
export function Kinds({ kinds }: { kinds: SearchResponse["facets"]["event_types"] | undefined }) {
  const { common, home } = useMessages();
  const { number } = useFormat();
  if (!kinds) return null;
  return (
    <section>
      <div className="head">
        <h2>{home.byKind}</h2>
      </div>
      <ul className="kinds">
        {kinds.map(({ value, count }) => (
          <li key={value}>
            <Link
              className="kind"
              data-stock={stockOf(value)}
              to="/events"
              search={{ type: value }}
            >
              <b>{common.kinds[value] ?? value}</b>
              <span>{home.kindCount(count, number(count))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
