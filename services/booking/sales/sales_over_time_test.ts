import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { refundBooking } from "../refunds/refund_booking.ts";
import { organiserClient } from "../testing/organiser_client.ts";
import { createWorld, type World } from "../testing/world.ts";

const DAY_MS = 24 * 3_600_000;
const KOLKATA_MS = 5.5 * 3_600_000;

/** The day of a time in Kolkata. */
function dayOf(time: Date): string {
  return new Date(time.getTime() + KOLKATA_MS).toISOString().slice(0, 10);
}

/** Sells tickets of an event on four days; returns the first and the last day. */
async function sellForDays(world: World, eventId: string) {
  const from = world.clock.now();
  const sell = async (quantity: number) => {
    const booking = await world.reserve({ eventId, quantity });
    await world.confirm(booking);
    return booking;
  };
  const first = await sell(1);
  world.clock.advance(DAY_MS);
  const second = await sell(2);
  await world.reserve({ eventId, quantity: 5 });
  world.clock.advance(DAY_MS);
  await sell(3);
  await refundBooking(world.deps, {
    ...first,
    amount: 100,
    idempotencyKey: newId(),
  });
  world.clock.advance(DAY_MS);
  await cancelBooking(world.deps, second);
  return { from, to: world.clock.now() };
}

Deno.test("sales by day beside the days before, refunds on the day of their promise", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const eventId = await world.createEvent();
  const { from, to } = await sellForDays(world, eventId);
  const third = new Date(from.getTime() + 2 * DAY_MS);

  const query = `from=${dayOf(third)}&to=${dayOf(to)}`;
  const { status, body } = await get(`/admin/events/${eventId}/sales?${query}`);

  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.step, body.timezone, body.currencies.length], ["day", "Asia/Kolkata", 1]);
  assert.match(body.from, /T18:30:00/, "midnight in Kolkata");
  const [{ currency, total, points, before }] = body.currencies;
  assert.equal(currency, "INR");
  const shape = (point: Record<string, unknown>) => {
    const { at: _at, ...sums } = point;
    return Object.values(sums);
  };
  assert.deepEqual(points.map(shape), [
    [1, 3, 4_500, 100, 4_400],
    [0, 0, 0, 3_000, -3_000],
  ]);
  assert.deepEqual(Object.values(total), [1, 3, 4_500, 3_100, 1_400]);
  assert.deepEqual(before.points.map(shape), [
    [1, 1, 1_500, 0, 1_500],
    [1, 2, 3_000, 0, 3_000],
  ]);
  assert.equal(points[0].at, body.from);
  assert.equal(before.points[0].at, body.before.from);
});

Deno.test("the sales of all days add up to the analytics", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const eventId = await world.createEvent();
  await sellForDays(world, eventId);
  const sales = (await get(`/admin/events/${eventId}/sales`)).body.currencies[0].total;
  const analytics = (await get(`/admin/events/${eventId}/analytics`)).body;
  assert.deepEqual(
    [sales.gross, sales.refunded, sales.revenue],
    [analytics.gross, analytics.refunded, analytics.net],
  );
});

Deno.test("sales are told by ticket type, those without sales too", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const eventId = await world.createEvent();
  const pair = await world.organiser.addType(eventId, { name: "Pair", price: 20, gives: 2 });
  const unsold = await world.organiser.addType(eventId, { name: "Box", price: 90 });
  const lines = [{ ticketTypeId: undefined, quantity: 1 }, { ticketTypeId: pair, quantity: 3 }];
  await world.confirm(await world.reserve({ eventId, lines }));

  const { body } = await get(`/admin/events/${eventId}/sales?step=minute`);

  assert.deepEqual(
    body.by_type.map(({ ticket_type_id, name, currency, total, before, points }: {
      ticket_type_id: string;
      name: string;
      currency: string;
      total: unknown;
      before: { tickets: number };
      points: { tickets: number }[];
    }) => [ticket_type_id, name, currency, total, before.tickets, points.at(-1)?.tickets]),
    [
      [eventId, "General admission", "INR", { tickets: 1, gross: 1_500 }, 0, 1],
      [pair, "Pair", "INR", { tickets: 6, gross: 60 }, 0, 6],
      [unsold, "Box", "INR", { tickets: 0, gross: 0 }, 0, 0],
    ],
  );
  const [{ total }] = body.currencies;
  assert.deepEqual([total.tickets, total.gross], [7, 1_560]);
});

Deno.test("the sales of all events are those of the organiser's own", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const [one, two] = [await world.createEvent(), await world.createEvent()];
  await world.confirm(await world.reserve({ eventId: one }));
  await world.confirm(await world.reserve({ eventId: two, quantity: 2 }));

  const { status, body } = await get("/admin/sales");
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.events, body.events_left_out], [2, false]);
  assert.deepEqual(body.currencies.map(({ total }: { total: unknown }) => total), [
    { bookings: 2, tickets: 3, gross: 4_500, refunded: 0, revenue: 4_500 },
  ]);
  assert.equal(body.currencies[0].points.length, 28);

  const stranger = await get("/admin/sales", { adminId: newId() });
  assert.deepEqual([stranger.body.events, stranger.body.currencies], [0, []]);
  const analyst = await get("/admin/sales", { adminId: newId(), role: "analyst" });
  assert.equal(analyst.body.events, 2);
  const notYours = await get(`/admin/events/${one}/sales`, { adminId: newId() });
  assert.equal(notYours.status, 404);
});

for (
  const [query, error] of [
    ["step=week", "step must be one of minute, hour, day"],
    ["timezone=%2B05:30", "timezone must be a name such as Asia/Kolkata"],
    [
      "from=yesterday",
      "from must be a date (YYYY-MM-DD) or a date and time such as 2030-12-31T18:30:00Z",
    ],
    ["from=2030-01-02&to=2030-01-01", "from must not be after to"],
  ] as const
) {
  Deno.test(`sales refuse ${query} with the rule`, async () => {
    await using world = await createWorld();
    const { get } = organiserClient(world);
    for (const path of [`/admin/events/${await world.createEvent()}/sales`, "/admin/sales"]) {
      const { status, body } = await get(`${path}?${query}`);
      assert.deepEqual([status, body.error], [400, error], path);
    }
  });
}
