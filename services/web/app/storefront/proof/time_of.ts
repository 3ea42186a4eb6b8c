import type { SeatProof } from "../../api/events.ts";
import type { Format } from "../../messages/format.ts";

/** When the counters were read. In UTC, as the reader's zone is not known where the page is rendered. */
export function timeOf({ time }: Pick<SeatProof, "time">, format: Format): string {
  const when = format.when(time, "UTC");
  return `${when.time} UTC, ${when.long}`;
}
