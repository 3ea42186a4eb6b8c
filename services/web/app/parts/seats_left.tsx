import type { SearchResult } from "../api/events.ts";
import { useFormat, useMessages } from "../messages/use_messages.ts";
import { FEW_SHARE } from "./few.ts";

/** Where the capacity is not known, few are fewer than this. */
const FEW_SEATS = 50;

/** How many seats are left, in words; the colour only repeats them. */
export function SeatsLeft(
  { event }: {
    event: Pick<SearchResult, "available_seats"> & {
      total_capacity?: number | undefined;
      state?: SearchResult["state"] | undefined;
    };
  },
) {
  const { common } = useMessages();
  const { number } = useFormat();
  const { available_seats: left, total_capacity: capacity } = event;
  if (event.state === "soon") return <span>{common.soon}</span>;
  if (left === 0) return <span className="left--none">{common.soldOut}</span>;
  const few = capacity === undefined ? FEW_SEATS : Math.ceil(capacity * FEW_SHARE);
  if (left < few) return <span className="left--few">{common.onlyLeft(number(left))}</span>;
  return <span>{common.left(number(left))}</span>;
}
