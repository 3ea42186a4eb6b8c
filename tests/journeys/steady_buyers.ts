import { AccessTokens } from "@evently/shared/auth";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { callAt, eventually } from "./platform.ts";

/** A reservation as its buyer saw it. */
export interface Attempt {
  token: string;
  eventId: string;
  key: string;
  /** Absent: no answer came. */
  status?: number;
  reservationId?: string;
  /** Text of a refusal or a failure. */
  said?: string;
  hasRetryAfter?: boolean;
}

/** Buyers who reserve one after the other, each on a new connection, until they are stopped. */
export interface SteadyBuyers {
  /** All that has ended, in this order. */
  readonly attempts: readonly Attempt[];
  /** Waits for so many further reservations. */
  reserved(further: number): Promise<void>;
  /** Attempts that failed since the one with this number. */
  failuresSince(from: number): Attempt[];
  /** Ends the load; every request under way has ended then. */
  stop(): Promise<void>;
}

const TOKEN_TTL_MS = 3_600_000;
/** Longest wait for reservations, however busy the machine. */
const WAIT_LIMIT_MS = 60_000;

/** Has buyers reserve single seats of the events in turn. They pause for a moment where nobody listens. */
export function startBuyers(
  origin: string,
  { buyers, eventIds, jwtSecret }: {
    buyers: number;
    eventIds: readonly string[];
    jwtSecret: string;
  },
): SteadyBuyers {
  const tokens = new AccessTokens({
    secrets: [jwtSecret],
    ttlMs: TOKEN_TTL_MS,
    clock: SYSTEM_CLOCK,
  });
  const call = callAt(origin);
  const attempts: Attempt[] = [];
  let isStopped = false;
  let next = 0;

  async function reserve(token: string): Promise<Attempt> {
    const attempt = { token, eventId: eventIds[next++ % eventIds.length]!, key: newId() };
    try {
      const { status, headers, body } = await call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id: attempt.eventId, quantity: 1, idempotency_key: attempt.key },
      });
      return {
        ...attempt,
        status,
        reservationId: body.reservation_id,
        said: body.error,
        hasRetryAfter: headers.has("Retry-After"),
      };
    } catch (error) {
      return { ...attempt, said: Deno.inspect(error) };
    }
  }

  async function buy(): Promise<void> {
    const token = await tokens.issueForUser(newId());
    while (!isStopped) {
      const attempt = await reserve(token);
      attempts.push(attempt);
      if (attempt.status === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const buying = Promise.all(times(buyers, buy));
  const countReserved = () => attempts.filter(({ status }) => status === 200).length;
  return {
    attempts,
    async reserved(further) {
      const least = countReserved() + further;
      await eventually(
        `${least} seats are reserved`,
        () => Promise.resolve(countReserved() >= least),
        WAIT_LIMIT_MS,
      );
    },
    failuresSince: (from) => attempts.slice(from).filter(({ status }) => status !== 200),
    async stop() {
      isStopped = true;
      await buying;
    },
  };
}
