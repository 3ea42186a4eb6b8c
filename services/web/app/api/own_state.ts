import type { components } from "@evently/shared/client/gateway";
import type { QueryClient } from "@tanstack/react-query";
import { type Booking, bookingQuery, BOOKINGS_KEY } from "./bookings.ts";
import type { Api } from "./client.ts";
import { placeQuery, WAITLIST_KEY, type WaitlistPlace } from "./waitlist.ts";

/** What the stream of one's own bookings tells. */
export type OwnState = components["schemas"]["LiveState"];
type OwnBooking = OwnState["bookings"][number];

/** Where `/api/booking/live` is told of, the queries of a user are kept up to date by it. */
export class OwnStateWriter {
  readonly #queryClient: QueryClient;
  readonly #api: Api;
  readonly #userId: string;
  #last: string | undefined;

  constructor(queryClient: QueryClient, { api, userId }: { api: Api; userId: string }) {
    this.#queryClient = queryClient;
    this.#api = api;
    this.#userId = userId;
  }

  write({ bookings, waitlist }: OwnState): void {
    const shown = JSON.stringify(bookings.map(shownOf));
    const isNews = this.#last === undefined
      ? bookings.some((booking) => this.#isOther(booking))
      : this.#last !== shown;
    this.#last = shown;
    if (isNews) void this.#queryClient.invalidateQueries({ queryKey: BOOKINGS_KEY });
    void this.#writePlaces(waitlist);
  }

  /** Whether a booking is not as the page has it, if the page has it at all. */
  #isOther(booking: OwnBooking): boolean {
    const { queryKey } = bookingQuery(this.#api, booking.booking_id);
    const known: Booking | null | undefined = this.#queryClient.getQueryData(queryKey);
    if (!known) return false;
    return known.status !== booking.status || known.expires_at !== booking.expires_at;
  }

  async #writePlaces(places: OwnState["waitlist"]): Promise<void> {
    const queries = this.#queryClient.getQueryCache().findAll({ queryKey: WAITLIST_KEY });
    await Promise.all(queries.map(async ({ queryKey, state }) => {
      const told = places.find((place) => this.#isKeyOf(queryKey, place.event_id));
      if (!told) {
        const { status } = (state.data ?? {}) as Partial<WaitlistPlace>;
        const isOver = status === "waiting" || status === "offered";
        return isOver ? await this.#queryClient.invalidateQueries({ queryKey }) : undefined;
      }
      const { event_id: _, ...place } = told;
      // An answer that is under way is older.
      await this.#queryClient.cancelQueries({ queryKey });
      this.#queryClient.setQueryData(queryKey, place);
    }));
  }

  #isKeyOf(queryKey: readonly unknown[], eventId: string): boolean {
    const key = placeQuery(this.#api, { userId: this.#userId, eventId }).queryKey;
    return key.every((part, i) => part === queryKey[i]);
  }
}

/** What pages show of a booking: that its payment is under way is known where it was sent. */
function shownOf({ booking_id, status, payment, expires_at }: OwnBooking) {
  return [booking_id, status, payment === "processing" ? "pending" : payment, expires_at];
}
