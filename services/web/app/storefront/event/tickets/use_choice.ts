import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { LiveEvent } from "../use_live_event.ts";
import { type Choice, type ChoiceSum, firstChoice, soldOf, sumUp } from "./choice.ts";
import { choiceOf, readChoiceSearch } from "./choice_address.ts";

const route = getRouteApi("/events/$eventId");

/** What is chosen on this page. */
export interface ChoiceControl {
  sum: ChoiceSum;
  /** Whether the address brought the choice along, as after a log-in. */
  isFromAddress: boolean;
  /** Whether somebody has chosen: here, or before the log-in. */
  isChosen: boolean;
  choose(ticketTypeId: string, quantity: number): void;
}

/** Keeps the choice of tickets; what the address says comes first. */
export function useChoice({ event, mostTickets }: LiveEvent): ChoiceControl {
  const search = route.useSearch() as Record<string, unknown>;
  const [chosen, setChosen] = useState<Choice>();
  // Both stay as they were shown, also when fewer are left: nobody is to hold another number than they saw.
  const [first] = useState(() => firstChoice(event, mostTickets));
  const [fromAddress] = useState(() => choiceOf(readChoiceSearch(search), event));
  const choice = chosen ?? fromAddress ?? first;
  return {
    sum: sumUp(event, { choice, mostTickets }),
    isFromAddress: fromAddress !== undefined,
    isChosen: (chosen ?? fromAddress) !== undefined,
    choose: (ticketTypeId, quantity) =>
      setChosen({ ...soldOf(choice, event.ticket_types), [ticketTypeId]: quantity }),
  };
}
