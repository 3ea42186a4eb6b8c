import type { EventsSearch } from "./events_search.ts";

/** The filters that a form does not have itself, so that sending it without script keeps them. */
export function CarriedFields({ search, except }: {
  search: EventsSearch;
  except: readonly (keyof EventsSearch)[];
}) {
  const left = new Set<string>([...except, "page", "when"]);
  return Object.entries(search)
    .filter(([name, value]) => value !== undefined && !left.has(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={String(value)} />);
}
