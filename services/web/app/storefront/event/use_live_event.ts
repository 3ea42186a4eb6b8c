import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type Availability,
  availabilityQuery,
  bookingLimitQuery,
  eventQuery,
  type PublicEvent,
} from "../../api/events.ts";
import { useMounted } from "../../parts/use_mounted.ts";
import { useApp } from "../../use_app.ts";
import { type Sale, saleOf } from "./tickets/sale.ts";
import { useSeatStream } from "./use_seat_stream.ts";

/** How often the seats are asked for while the page is seen and has no stream of them. */
const POLL_MS = 5_000;

/** An event as it is now. */
export interface LiveEvent {
  event: PublicEvent;
  sale: Sale;
  /** When it was so, by the clock of who read it. */
  asOfMs: number;
  /** The most tickets of one booking. */
  mostTickets: number;
  /** Whether the seats cannot be asked for, so that what is shown may be over. */
  isStale: boolean;
  /** Asks for the seats now. */
  refresh(): void;
}

/** Keeps the seats of an event up to date while the page is seen, and can be sold from. */
export function useLiveEvent(loaded: PublicEvent): LiveEvent {
  const { api } = useApp();
  const { event_id: id } = loaded;
  const queryClient = useQueryClient();
  const { dataUpdatedAt: loadedAtMs } = useQuery({ ...eventQuery(api, id), enabled: false });
  const isOffered = ["on_sale", "soon", "sold_out"].includes(saleOf(loaded, loadedAtMs).kind);
  const isStreamed = useSeatStream(id, isOffered);
  const seats = useQuery({
    ...availabilityQuery(api, id),
    enabled: isOffered,
    refetchInterval: isOffered && !isStreamed && POLL_MS,
  });
  const { data: limit } = useQuery({ ...bookingLimitQuery(api, id), enabled: isOffered });
  const isOutdated = seats.data !== undefined && seats.dataUpdatedAt > loadedAtMs &&
    isOtherOffer(loaded, seats.data);
  useEffect(() => {
    if (isOutdated) void queryClient.invalidateQueries({ queryKey: eventQuery(api, id).queryKey });
  }, [isOutdated, queryClient, api, id]);
  const isMounted = useMounted();
  const isNewer = seats.data && seats.dataUpdatedAt > loadedAtMs;
  const event = isNewer ? withSeats(loaded, seats.data!) : loaded;
  const asOfMs = isNewer ? seats.dataUpdatedAt : loadedAtMs;
  return {
    event,
    sale: saleOf(event, asOfMs),
    asOfMs,
    mostTickets: Math.min(event.max_tickets_per_booking, limit ?? Infinity),
    // A query without data that asks again is pending, whatever failed before. The network may be lost while React takes
    // the page over, and the server's markup says nothing of it.
    isStale: isMounted && (seats.isError || seats.isPaused ||
      (seats.isPending && seats.errorUpdateCount + seats.failureCount > 0)),
    refresh: () => void seats.refetch(),
  };
}

/** Whether the event sells other ticket types than it was loaded with, or is public no more. */
function isOtherOffer({ ticket_types, status }: PublicEvent, seats: Availability | null): boolean {
  if (!seats) return true;
  const ids = new Set(ticket_types.map(({ ticket_type_id }) => ticket_type_id));
  return (seats.status === "cancelled") !== (status === "cancelled") ||
    seats.by_type.length !== ids.size ||
    seats.by_type.some(({ ticket_type_id }) => !ids.has(ticket_type_id));
}

function withSeats(event: PublicEvent, seats: Availability): PublicEvent {
  const types = new Map(seats.by_type.map((type) => [type.ticket_type_id, type]));
  return {
    ...event,
    available_seats: seats.available_seats,
    status: seats.status,
    on_sale: seats.on_sale,
    ticket_types: event.ticket_types.map((type) => ({
      ...type,
      ...(types.get(type.ticket_type_id) ?? { available: 0, state: "ended" as const }),
    })),
  };
}
