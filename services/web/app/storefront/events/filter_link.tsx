import { Link, useNavigate } from "@tanstack/react-router";
import { type MouseEvent, type ReactNode, useState } from "react";
import { afterPaint } from "../../parts/after_paint.ts";
import type { EventsSearch } from "./events_search.ts";

/**
 * A link to the list with other filters. The place on the page stays, as the list changes in front of the reader. A press
 * shows on the link (`data-pressed`) before the list, which takes longer, is rendered.
 */
export function FilterLink({ search, current = false, className, label, children }: {
  search: EventsSearch;
  /** Whether this is what the list shows now. */
  current?: boolean;
  className?: string | undefined;
  /** Its name, where its text says too little alone. */
  label?: string | undefined;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const [isPressed, setPressed] = useState(false);
  const press = (event: MouseEvent) => {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    setPressed(true);
    afterPaint(async () => {
      await navigate({ to: "/events", search, resetScroll: false });
      setPressed(false);
    });
  };
  return (
    <Link
      to="/events"
      search={search}
      className={className}
      data-pressed={isPressed || undefined}
      onClick={press}
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

/** Whether the browser makes a new tab or window of a press. */
function opensElsewhere({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent): boolean {
  return button !== 0 || metaKey || altKey || ctrlKey || shiftKey;
}
