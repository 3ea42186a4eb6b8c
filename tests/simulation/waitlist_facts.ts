import type { EntryStatus } from "../../services/booking/waitlist/entry.ts";

/** The facts that transitions of an entry write. */
const FACTS: Readonly<Record<string, string>> = {
  "joining waiting": "waitlist.joined",
  "offering offered": "waitlist.offered",
  "offered converted": "waitlist.converted",
  "waiting converted": "waitlist.converted",
  "offered expired": "waitlist.offer_lapsed",
  "offered waiting": "waitlist.offer_lapsed",
};

/** The topic of the fact that a transition of an entry writes, if any. */
export function factOf(from: EntryStatus, to: EntryStatus): string | undefined {
  return FACTS[`${from} ${to}`];
}
