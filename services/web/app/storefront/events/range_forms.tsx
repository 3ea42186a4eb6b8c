import { useAddress, useMessages } from "../../messages/use_messages.ts";
import { useListForm } from "../../parts/use_list_form.ts";
import { CarriedFields } from "./carried_fields.tsx";
import type { EventsSearch } from "./events_search.ts";

/** First and last day, to be typed or chosen. */
export function DaysForm({ search }: { search: EventsSearch }) {
  const { events } = useMessages();
  const submit = useListForm();
  const action = useAddress("/events");
  return (
    <form className="range" action={action} onSubmit={submit} key={`${search.from}${search.to}`}>
      <CarriedFields search={search} except={["from", "to"]} />
      <label className="field">
        <span className="label">{events.from}</span>
        <input type="date" name="from" defaultValue={search.from} />
      </label>
      <label className="field">
        <span className="label">{events.to}</span>
        <input type="date" name="to" defaultValue={search.to} />
      </label>
      <button className="btn btn--second" type="submit">{events.setDays}</button>
    </form>
  );
}

/** Lowest and highest price. */
export function PriceForm({ search }: { search: EventsSearch }) {
  const { events } = useMessages();
  const submit = useListForm();
  const action = useAddress("/events");
  const { min, max, free_only } = search;
  const carried = ["min", "max", "free_only"] as const;
  const field = { type: "number", inputMode: "decimal", min: 0, step: "any" } as const;
  return (
    <form className="range" action={action} onSubmit={submit} key={`${min} ${max} ${free_only}`}>
      <CarriedFields search={search} except={carried} />
      <label className="field">
        <span className="label">{events.least}</span>
        <input {...field} name="min" defaultValue={min} />
      </label>
      <label className="field">
        <span className="label">{events.most}</span>
        <input {...field} name="max" defaultValue={max} />
      </label>
      <button className="btn btn--second" type="submit">{events.setPrice}</button>
    </form>
  );
}
