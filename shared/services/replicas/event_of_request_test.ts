import assert from "node:assert/strict";
import { eventOfRequest } from "./event_of_request.ts";

const EVENT = "0b0e8f1c-7a53-4c6e-9d0a-2f6f1f0c9a11";
const OTHER = "5d4c3b2a-1111-4222-8333-444455556666";

Deno.test("eventOfRequest() finds the event in path, query or body, in this order", () => {
  const body = JSON.stringify({ quantity: 1, event_id: OTHER });
  assert.equal(eventOfRequest(`/api/v1/events/${EVENT}/live`, body), EVENT);
  assert.equal(eventOfRequest(`/api/v1/events/${EVENT}?x=1`), EVENT);
  assert.equal(eventOfRequest(`/internal/events/${EVENT}`), EVENT);
  assert.equal(eventOfRequest(`/bookings/check-availability?quantity=1&event_id=${EVENT}`), EVENT);
  assert.equal(eventOfRequest("/api/v1/bookings/reserve", body), OTHER);
});

Deno.test("eventOfRequest() takes the first event of a batch, and ignores case", () => {
  const batches = [EVENT, OTHER].map((id) => ({ event_id: id, items: [] }));
  assert.equal(eventOfRequest("/internal/seats/hold", JSON.stringify({ batches }, null, 2)), EVENT);
  assert.equal(eventOfRequest(`/api/v1/events/${EVENT.toUpperCase()}`), EVENT);
});

Deno.test("eventOfRequest() finds nothing in what names no event", () => {
  for (
    const [target, body] of [
      [`/api/v1/bookings/${EVENT}`],
      ["/api/v1/events"],
      [`/api/v1/events/${EVENT}0`],
      ["/api/v1/events?event_id="],
      ["/x", '{"event_id":7}'],
      ["/x", "not json"],
      ["/x", ""],
    ] as const
  ) assert.equal(eventOfRequest(target, body), undefined, target);
});
