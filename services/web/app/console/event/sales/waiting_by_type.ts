import type { ManagedWaitlist } from "../../api/event_waitlist.ts";

/**
 * How many people wait for each ticket type, one who would take several types at each of them; `undefined` where the
 * line is longer than what was read of it.
 */
export function waitingByType(
  { entries, total }: Pick<ManagedWaitlist, "entries" | "total">,
): ReadonlyMap<string, number> | undefined {
  if (entries.length < total) return undefined;
  const counts = new Map<string, number>();
  for (const id of entries.flatMap(({ ticket_type_ids }) => ticket_type_ids)) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
