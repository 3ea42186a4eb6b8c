import { useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { validateEventsSearch } from "../storefront/events/events_search.ts";
import { readForm } from "./read_form.ts";

/** Handler for forms whose plain GET leads to the list of events: it goes there without a new document. */
export function useListForm(): (event: FormEvent<HTMLFormElement>) => void {
  const navigate = useNavigate();
  return (event) => {
    event.preventDefault();
    const search = validateEventsSearch(readForm(event.currentTarget));
    void navigate({ to: "/events", search });
  };
}
