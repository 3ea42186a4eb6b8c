import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { placeQuery, type WaitlistPlace } from "../../api/waitlist.ts";
import { useOwnStream } from "../../parts/use_own_stream.ts";
import { useApp } from "../../use_app.ts";

/** Who is this close to the front is asked for more often. */
const NEAR_PLACES = 5;
const NEAR_REFETCH_MS = 3_000;
const FAR_REFETCH_MS = 10_000;
/** After an answer that did not come. */
const FAILED_REFETCH_MS = 15_000;

export type PlaceResult = UseQueryResult<WaitlistPlace | null>;

/**
 * The place in line, live: told by the user's stream. Without one it is asked for while the page is seen, more often
 * near the front and with an offer.
 */
export function usePlace(
  { userId, eventId }: { userId: string | undefined; eventId: string },
): PlaceResult {
  const { api } = useApp();
  const isStreamed = useOwnStream();
  return useQuery({
    ...placeQuery(api, { userId: userId ?? "", eventId }),
    enabled: userId !== undefined,
    refetchInterval: ({ state }) =>
      state.status === "error" ? FAILED_REFETCH_MS : !isStreamed && intervalOf(state.data),
  });
}

function intervalOf(place: WaitlistPlace | null | undefined): number | false {
  if (!place) return false;
  if (place.status === "offered") return NEAR_REFETCH_MS;
  if (place.status !== "waiting") return false;
  return place.position <= NEAR_PLACES ? NEAR_REFETCH_MS : FAR_REFETCH_MS;
}
