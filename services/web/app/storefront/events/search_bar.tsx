import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { SearchField } from "../../parts/search_field.tsx";
import { useListForm } from "../../parts/use_list_form.ts";
import { activeFilters } from "./active_filters.ts";
import { CarriedFields } from "./carried_fields.tsx";
import type { EventsSearch } from "./events_search.ts";
import { FILTERS_ID } from "./filters.tsx";

/** Words to look for; where there is little room, the button that opens the filters. */
export function SearchBar({ search }: { search: EventsSearch }) {
  const { events } = useMessages();
  const submit = useListForm();
  const action = useAddress("/events");
  const count = activeFilters(search).filter(({ name }) => name !== "q").length;
  return (
    <div className="search-bar">
      <form className="search-form" role="search" action={action} onSubmit={submit}>
        <CarriedFields search={search} except={["q", "sort"]} />
        <SearchField
          key={search.q}
          id="q"
          label={events.find}
          placeholder={events.find}
          initial={search.q ?? ""}
        />
        <button className="btn" type="submit">{events.search}</button>
      </form>
      <button className="btn btn--second filters-open" type="button" popoverTarget={FILTERS_ID}>
        {events.filtersCount(count)}
      </button>
    </div>
  );
}
