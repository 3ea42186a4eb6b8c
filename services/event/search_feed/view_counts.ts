import { internalKeyHeaders } from "@evently/shared/auth";
import { BINDING_ORIGIN, type ServiceBinding } from "@evently/shared/services";

/** Counts views of events, for trending events. Losing a few counts does no harm. */
export interface ViewCounts {
  viewed(eventId: string): void;
  /** Sends the counts since the last flush to the search service. */
  flush(): Promise<void>;
}

/** Events counted between two flushes, the most that search accepts at once; views of others are not counted. */
const MAX_EVENTS = 500;

export function viewCountsOver(binding: ServiceBinding, internalKey: string): ViewCounts {
  let counts = new Map<string, number>();
  return {
    viewed(eventId) {
      const count = counts.get(eventId);
      if (count !== undefined || counts.size < MAX_EVENTS) counts.set(eventId, (count ?? 0) + 1);
    },
    async flush() {
      if (counts.size === 0) return;
      const views = Array.from(counts, ([eventId, views]) => ({ event_id: eventId, views }));
      counts = new Map();
      const response = await binding.fetch(
        new Request(`${BINDING_ORIGIN}/internal/search/views`, {
          method: "POST",
          headers: { ...internalKeyHeaders(internalKey), "Content-Type": "application/json" },
          body: JSON.stringify({ views }),
        }),
      );
      await response.body?.cancel();
    },
  };
}
