import assert from "node:assert/strict";
import { gatewayBeforeEchoes } from "./testing/world.ts";

/** More than the line of any lane and those that it lets in at once. */
const FLOOD = 3_000;
const READS: [lane: string, path: string, init?: RequestInit][] = [
  ["user", "/api/user/auth/login", { method: "POST", body: "{}" }],
  ["event", "/api/event/events"],
  ["search", "/api/search/search?q=jazz"],
  ["booking", "/api/booking/bookings/check-availability"],
];
const BOOKINGS: [path: string, method: string][] = [
  ["/api/booking/reserve", "POST"],
  ["/api/booking/bookings/confirm", "POST"],
  ["/api/booking/bookings/1", "DELETE"],
];

/** Statuses of so many answers, once all have come. */
async function statusesOf(answers: Promise<Response>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const answer of answers) {
    const response = await answer;
    if (!response.bodyUsed) await response.body?.cancel();
    counts[response.status] = (counts[response.status] ?? 0) + 1;
  }
  return counts;
}

for (const [lane, path, init] of READS) {
  Deno.test(`a flood of ${lane} requests is refused at once with Retry-After, no booking is`, async () => {
    const gate = Promise.withResolvers<void>();
    const held = { [lane]: gate.promise };
    const { request } = gatewayBeforeEchoes({ held });
    const flood = Array.from({ length: FLOOD }, () => request(path, init));
    // Of all that is under way only refusals are answered now.
    const refusal = await Promise.race(flood);
    assert.equal(refusal.status, 503);
    assert.equal(refusal.headers.get("Retry-After"), "1");
    const { error, code, request_id } = await refusal.json();
    assert.deepEqual([error, code], [
      "Too many requests at once. Please try again.",
      "UNAVAILABLE",
    ]);
    assert.equal(request_id, refusal.headers.get("X-Request-ID"));

    const bookings = Array.from(
      { length: FLOOD },
      (_, n) => request(BOOKINGS[n % 3]![0], { method: BOOKINGS[n % 3]![1] }),
    );
    const others = READS.filter(([other]) => other !== lane)
      .map(([, path, init]) => request(path, init));
    assert.deepEqual(await statusesOf(others), { 200: 3 });
    gate.resolve();
    assert.deepEqual(await statusesOf(bookings), { 200: FLOOD });
    const { 200: served = 0, 503: refused = 0 } = await statusesOf(flood);
    assert.ok(served > 100, `${served} were served`);
    assert.equal(served + refused, FLOOD);
    assert.deepEqual(await statusesOf([request(path, init)]), { 200: 1 });
  });
}

Deno.test("reservations that would wait long are refused at once, payments never; then all is served again", async () => {
  const gate = Promise.withResolvers<void>();
  const { request } = gatewayBeforeEchoes({ held: { booking: gate.promise } });
  const [[reserve], [confirm]] = BOOKINGS as [[string, string], [string, string]];
  const send = (path: string, count: number) =>
    Array.from({ length: count }, () => request(path, { method: "POST", body: "{}" }));
  const wishes = send(reserve, FLOOD);
  // Of all that is under way only refusals are answered now.
  const refusal = await Promise.race(wishes);
  assert.deepEqual([refusal.status, refusal.headers.get("Retry-After")], [503, "1"]);
  assert.equal((await refusal.json()).code, "UNAVAILABLE");

  const payments = send(confirm, FLOOD);
  gate.resolve();
  assert.deepEqual(await statusesOf(payments), { 200: FLOOD });
  const { 200: served = 0, 503: refused = 0 } = await statusesOf(wishes);
  assert.deepEqual([served, refused], [1_024, FLOOD - 1_024]);
  assert.deepEqual(await statusesOf(send(reserve, served)), { 200: served });
});

/** The last rest of an admission may go on after the last answer. */
const RESTS = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "nothing is refused of a hundred requests at once, amid bookings neither",
  RESTS,
  async () => {
    const { request, urgent } = gatewayBeforeEchoes();
    for (const isAmidBookings of [false, true]) {
      const answers = Array.from({ length: 100 }).flatMap(() => {
        if (isAmidBookings) urgent.begin();
        return READS.map(([, path, init]) => request(path, init));
      });
      assert.deepEqual(await statusesOf(answers), { 200: 400 });
    }
  },
);

Deno.test("pages wait in a lane of their own", RESTS, async () => {
  const { request } = gatewayBeforeEchoes();
  const pages = Array.from({ length: FLOOD }, () => request("/nowhere"));
  const { 404: missing = 0, 503: refused = 0 } = await statusesOf(pages);
  assert.ok(refused > 0 && missing > 100);
  assert.equal(missing + refused, FLOOD);
  assert.deepEqual(await statusesOf([request("/health")]), { 200: 1 });
});
