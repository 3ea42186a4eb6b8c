import { postBytes } from "./http_load.ts";
import type { BenchUser } from "./tokens.ts";

/** `POST …/reserve` of one seat. */
export function reserveRequest(
  { token }: BenchUser,
  { eventId, key }: { eventId: string; key: string },
): Uint8Array {
  return postBytes("/api/booking/bookings/reserve", token, {
    event_id: eventId,
    quantity: 1,
    idempotency_key: key,
  });
}

/** `POST …/confirm` with a card that is accepted. */
export function confirmRequest({ token }: BenchUser, reservationId: string): Uint8Array {
  return postBytes("/api/booking/bookings/confirm", token, {
    reservation_id: reservationId,
    payment_token: "tok_visa",
    payment_method: "card",
  });
}

/** A GET that needs no token. */
export function getRequest(path: string): Uint8Array {
  return new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
}
