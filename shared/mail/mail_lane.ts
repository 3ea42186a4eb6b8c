import { Lane } from "../work_lane.ts";
import { SYSTEM_YIELDING, type UrgentWork, type YieldingTime } from "../urgent_work.ts";

/** Amid urgent work the lane rests this many times as long as it rendered, so mails get a quarter of the event loop. */
const REST_TIMES = 3;
/** The same where the process is full of urgent work, so that mails get a sixteenth. */
const FULL_REST_TIMES = 15;
/** A process is full of it from here on, in pieces a second; on a busy machine it cannot do many more. */
const FULL_PER_S = 250;
/** Urgent work that began within this time counts as running. */
const LATELY_MS = 100;
/** More than the outboxes of a process have in flight; a mail beyond it is tried again later. */
const MAX_WAITING = 1_000;

/**
 * Renders the mails of a process one after another: rendering keeps the event loop for milliseconds, and a burst of mails
 * must not keep it from reservations and confirmations.
 *
 * @param options.urgent work that mails yield to
 * @param options.time clock and timer; replaced in tests
 */
export function mailLane(
  { urgent, time = SYSTEM_YIELDING }: { urgent: UrgentWork; time?: YieldingTime },
): Lane {
  return new Lane({
    name: "render mails",
    width: 1,
    maxWaiting: () => MAX_WAITING,
    rest(tookMs) {
      const times = urgent.perSecond() < FULL_PER_S ? REST_TIMES : FULL_REST_TIMES;
      return urgent.rest(tookMs * times, { withinMs: LATELY_MS, time });
    },
    nowMs: time.nowMs,
  });
}
