import { useFormat, useMessages } from "../../messages/use_messages.ts";
import type { EventsSearch } from "./events_search.ts";
import { FilterLink } from "./filter_link.tsx";

/** Options that are seen at once; the others unfold, unless they are but a few. */
const SEEN = 8;
const FEW = 3;

/** One value of a filter. */
export interface FacetOption {
  label: string;
  /** Events that it gives; absent where nobody has counted them. */
  count?: number;
  /** The list with it; where it is chosen already, without it. */
  search: EventsSearch;
  chosen: boolean;
}

/** Values of one filter as links, with the events that each gives. */
export function FacetGroup({ title, options, more, isHeadOfForm = false }: {
  title: string;
  options: FacetOption[];
  /** What the others are called that unfold. */
  more: string;
  /** Whether a form for other values follows, whose title this is even where no value is left. */
  isHeadOfForm?: boolean;
}) {
  if (options.length === 0 && !isHeadOfForm) return null;
  const count = options.length <= SEEN + FEW ? options.length : SEEN;
  const seen = options.slice(0, count), others = options.slice(count);
  return (
    <div className="facet">
      <h3>{title}</h3>
      {seen.length === 0 ? null : <FacetOptions options={seen} />}
      {others.length === 0 ? null : (
        <details open={others.some(({ chosen }) => chosen)}>
          <summary>{more}</summary>
          <FacetOptions options={others} />
        </details>
      )}
    </div>
  );
}

function FacetOptions({ options }: { options: FacetOption[] }) {
  const { events } = useMessages();
  const { number } = useFormat();
  return (
    <ul>
      {options.map(({ label, count, search, chosen }) => (
        <li key={label}>
          <FilterLink
            search={search}
            current={chosen}
            className="facet-option"
            label={chosen ? events.remove(label) : undefined}
          >
            <span>{label}</span>
            {chosen ? <Cross /> : count === undefined ? null : (
              <span className="soft">
                <span className="visually-hidden">,</span>
                {number(count)}
              </span>
            )}
          </FilterLink>
        </li>
      ))}
    </ul>
  );
}

/** The sign of what takes something away. */
export function Cross() {
  return (
    <svg className="cross" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M2 2l8 8M10 2l-8 8" />
    </svg>
  );
}
