import { useFormat } from "../../messages/use_messages.ts";
import { useConsoleMessages } from "../use_console.ts";

/** Seats of an event or of a pool, by what became of them. */
export interface SeatCounts {
  capacity: number;
  sold: number;
  held: number;
  free: number;
}

const WIDTH = 1_000;
/** What there is at all can be seen. */
const LEAST = 8;

/** A bar of seats: sold, held, and the rest free. Words for those who do not see it come with it. */
export function SeatsByState({ capacity, sold, held, free }: SeatCounts) {
  const { parts } = useConsoleMessages();
  const { number } = useFormat();
  const widthOf = (seats: number) =>
    seats <= 0 || capacity <= 0 ? 0 : Math.max(LEAST, Math.round((seats / capacity) * WIDTH));
  const soldWidth = Math.min(widthOf(sold), WIDTH);
  const heldWidth = Math.min(widthOf(held), WIDTH - soldWidth);
  return (
    <svg
      className="seatstates"
      viewBox={`0 0 ${WIDTH} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={parts.seats(number(sold), number(held), number(free), number(capacity))}
    >
      <rect className="seatstates__free" width={WIDTH} height="10" />
      <rect className="seatstates__sold" width={soldWidth} height="10" />
      <rect className="seatstates__held" x={soldWidth} width={heldWidth} height="10" />
    </svg>
  );
}

/** What the colours of {@link SeatsByState} mean. */
export function SeatsLegend() {
  const { parts } = useConsoleMessages();
  return (
    <p className="legend" aria-hidden="true">
      <span data-mark="sold">{parts.sold}</span>
      <span data-mark="held">{parts.held}</span>
      <span data-mark="free">{parts.free}</span>
    </p>
  );
}
