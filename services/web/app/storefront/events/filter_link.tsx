import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EventsSearch } from "./events_search.ts";

/** A link to the list with other filters. The place on the page stays, as the list changes in front of the reader. */
export function FilterLink({ search, current = false, className, label, children }: {
  search: EventsSearch;
  /** Whether this is what the list shows now. */
  current?: boolean;
  className?: string | undefined;
  /** Its name, where its text says too little alone. */
  label?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Link
      to="/events"
      search={search}
      className={className}
      resetScroll={false}
      preload={false}
      activeOptions={{ exact: true }}
      activeProps={{ "aria-current": current ? "true" : undefined }}
      aria-current={current ? "true" : undefined}
      aria-label={label}
    >
      {children}
    </Link>
  );
}
