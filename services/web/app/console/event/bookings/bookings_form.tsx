import { Link, useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { readForm } from "../../../parts/read_form.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { type BookingsSearch, STATUSES } from "./bookings_search.ts";

/** Looks for bookings by what people know of them, and by their state. */
export function BookingsForm({ eventId, search }: { eventId: string; search: BookingsSearch }) {
  const { eventBookings: texts } = useConsoleMessages();
  const navigate = useNavigate();
  const { q, status } = search;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { q: typed } = readForm(event.currentTarget);
    void navigate({
      to: "/console/events/$eventId/bookings",
      params: { eventId },
      search: { ...(typed ? { q: typed.trim() } : {}), ...(status ? { status } : {}) },
    });
  }

  return (
    <div className="finder">
      <form className="finder__form" role="search" onSubmit={submit}>
        <div className="field">
          <label htmlFor="booking-q">{texts.search}</label>
          <input
            key={q}
            id="booking-q"
            name="q"
            type="search"
            defaultValue={q}
            maxLength={MAX_SEARCH_CHARS}
            autoComplete="off"
          />
        </div>
        <button className="btn" type="submit">{texts.searchDo}</button>
      </form>
      <nav className="chips" aria-label={texts.filter}>
        {[undefined, ...STATUSES].map((one) => (
          <Link
            key={one ?? "all"}
            className={one === status ? "chip chip--on" : "chip"}
            aria-current={one === status ? "true" : undefined}
            to="/console/events/$eventId/bookings"
            params={{ eventId }}
            search={{ ...(q ? { q } : {}), ...(one ? { status: one } : {}) }}
            activeProps={{}}
          >
            {one ? texts.states[one] : texts.all}
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** What the API looks for at most. */
const MAX_SEARCH_CHARS = 200;
