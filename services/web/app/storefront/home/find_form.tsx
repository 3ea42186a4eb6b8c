import type { SearchResponse } from "../../api/events.ts";
import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { SearchField } from "../../parts/search_field.tsx";
import { useListForm } from "../../parts/use_list_form.ts";
import { WhenField } from "./when_field.tsx";

/** What, where and when; a plain form that leads to the list. */
export function FindForm({ cities }: { cities: SearchResponse["facets"]["cities"] }) {
  const { home } = useMessages();
  const submit = useListForm();
  const action = useAddress("/events");
  return (
    <form className="find" role="search" aria-label={home.find} action={action} onSubmit={submit}>
      <div className="cell">
        <label htmlFor="q">{home.what}</label>
        <SearchField id="q" placeholder={home.whatHint} />
      </div>
      <div className="two">
        <div className="cell">
          <label htmlFor="city">{home.where}</label>
          <select id="city" name="city">
            <option value="">{home.allCities}</option>
            {cities.map(({ value }) => <option key={value} value={value}>{value}</option>)}
          </select>
        </div>
        <WhenField />
      </div>
      <button className="btn" type="submit">{home.search}</button>
    </form>
  );
}
