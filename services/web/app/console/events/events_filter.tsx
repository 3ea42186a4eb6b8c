import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId } from "react";
import { readForm } from "../../parts/read_form.ts";
import { useConsoleMessages } from "../use_console.ts";
import { consoleEventsSearch, type EventsSearch, ORDERS, STATES } from "./events_search.ts";

/** Finds events by words, by state, and puts them in order; all of it is in the address. */
export function EventsFilter({ search }: { search: EventsSearch }) {
  const { events } = useConsoleMessages();
  const navigate = useNavigate();
  const id = useId();
  const find = (form: HTMLFormElement) => {
    const { page: _page, ...rest } = search;
    void navigate({
      to: "/console/events",
      search: consoleEventsSearch({ ...rest, q: undefined, sort: undefined, ...readForm(form) }),
    });
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    find(event.currentTarget);
  };
  return (
    <form className="list-filter" role="search" onSubmit={onSubmit}>
      <div className="field list-filter__words">
        <label htmlFor={`${id}q`}>{events.find}</label>
        <span className="list-filter__find">
          <input key={search.q} id={`${id}q`} name="q" type="search" defaultValue={search.q} />
          <button className="btn btn--second" type="submit">{events.search}</button>
        </span>
      </div>
      <div className="field">
        <label htmlFor={`${id}sort`}>{events.sort}</label>
        <select
          id={`${id}sort`}
          name="sort"
          value={search.sort ?? "created"}
          onChange={(event) => event.currentTarget.form && find(event.currentTarget.form)}
        >
          {ORDERS.map((order) => <option key={order} value={order}>{events.orders[order]}</option>)}
        </select>
      </div>
      <nav className="chips" aria-label={events.states}>
        {[undefined, ...STATES].map((state) => (
          <Link
            key={state ?? ""}
            className={state === search.state ? "chip chip--on" : "chip"}
            to="/console/events"
            search={{ ...search, state, page: undefined }}
            aria-current={state === search.state ? "true" : undefined}
          >
            {state === undefined ? events.allStates : events.stateNames[state]}
          </Link>
        ))}
      </nav>
    </form>
  );
}
