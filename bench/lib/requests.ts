import { postBytes } from "./http_load.ts";
import { type PostResult, runPosts } from "./post_load.ts";
import type { BenchUser } from "./tokens.ts";

const RESERVE = "/api/booking/bookings/reserve";

/** `POST …/reserve` for one seat. */
export function reserveRequest(
  { token }: BenchUser,
  { eventId, key }: { eventId: string; key: string },
): Uint8Array {
  return postBytes(RESERVE, token, reserveBody(eventId, key));
}

/** Sends reservations for the events in turn, each with its own key. */
export function runReservations(
  { eventIds, ...load }: {
    port: number;
    inFlight: number;
    durationMs: number;
    tokens: readonly string[];
    eventIds: readonly string[];
  },
): Promise<PostResult> {
  const run = crypto.randomUUID();
  return runPosts({
    ...load,
    path: RESERVE,
    bodies: eventIds.map((eventId) => (n) => reserveBody(eventId, `${run}-${n}`)),
  });
}

function reserveBody(eventId: string, idempotencyKey: string) {
  return { event_id: eventId, quantity: 1, idempotency_key: idempotencyKey };
}

/** `POST …/confirm` with an accepted card. */
export function confirmRequest({ token }: BenchUser, reservationId: string): Uint8Array {
  return postBytes("/api/booking/bookings/confirm", token, {
    reservation_id: reservationId,
    payment_token: "tok_visa",
    payment_method: "card",
  });
}

/** A GET without a token. */
export function getRequest(path: string): Uint8Array {
  return new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
}
