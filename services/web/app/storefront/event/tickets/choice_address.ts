import type { PublicEvent } from "../../../api/events.ts";
import type { Choice } from "./choice.ts";

/** A choice as an address has it: `n=2`, with `type` where there are several, or `lines=<type>:2,<type>:1`. */
export interface ChoiceSearch {
  n?: number;
  type?: string;
  lines?: string;
}

/** Longer ones are no choice of ours. */
const MAX_LINES_CHARS = 1_000;
const WHOLE_NUMBER = /^[1-9]\d{0,3}$/;

/** What an address says of a choice; whatever it cannot mean is left out. */
export function readChoiceSearch({ n, type, lines }: Record<string, unknown>): ChoiceSearch {
  return {
    ...(WHOLE_NUMBER.test(String(n)) ? { n: Number(n) } : {}),
    ...(typeof type === "string" ? { type } : {}),
    ...(typeof lines === "string" && lines.length <= MAX_LINES_CHARS ? { lines } : {}),
  };
}

/** The choice that an address means, as far as the event has its ticket types. */
export function choiceOf(
  { n, type, lines }: ChoiceSearch,
  { ticket_types: types }: PublicEvent,
): Choice | undefined {
  const known = new Set(types.map(({ ticket_type_id }) => ticket_type_id));
  if (lines !== undefined) {
    const pairs = lines.split(",").map((line) => line.split(":"))
      .filter(([id = "", quantity = ""]) => known.has(id) && WHOLE_NUMBER.test(quantity));
    return pairs.length === 0
      ? undefined
      : Object.fromEntries(pairs.map(([id, quantity]) => [id, Number(quantity)]));
  }
  const [only] = types;
  const id = type ?? (types.length === 1 ? only?.ticket_type_id : undefined);
  return n !== undefined && id !== undefined && known.has(id) ? { [id]: n } : undefined;
}

/** What is wanted of a ticket type; of the event's only one without its id. */
interface WantedLine {
  ticketTypeId?: string | undefined;
  quantity: number;
}

/** The address of an event's page with a choice, to which a log-in leads back. */
export function choiceAddress(eventId: string, lines: readonly WantedLine[]): string {
  const query = new URLSearchParams();
  const [first, ...further] = lines;
  if (further.length > 0) {
    query.set("lines", lines.map((line) => `${line.ticketTypeId}:${line.quantity}`).join(","));
  } else if (first) {
    query.set("n", String(first.quantity));
    if (first.ticketTypeId) query.set("type", first.ticketTypeId);
  }
  return `/events/${eventId}?${query}`;
}
