/** Orders of several ticket types on the wire. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { createTypedEvent } from "../testing/typed_event.ts";
import { createWorld, type World } from "../testing/world.ts";

const RESERVE = "/api/v1/bookings/reserve";

async function post(world: World, body: unknown) {
  const token = await world.context.tokens.issueForUser(newId());
  const request = jsonRequest("POST", `http://booking.test${RESERVE}`, { token, body });
  return await readAnswer(world.app.request(request));
}

Deno.test("POST /bookings/reserve answers an order with its lines, and a quantity with one", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const key = { event_id: eventId, idempotency_key: "k" };
  const lines = [
    { ticket_type_id: balcony.toUpperCase(), quantity: 2 },
    { ticket_type_id: family, quantity: 1 },
  ];
  const { status, body } = await post(world, { ...key, lines });
  assert.equal(status, 200);
  assert.equal(body.total_amount, 2_000);
  assert.deepEqual(body.lines, [
    { ticket_type_id: balcony, name: "Balcony", quantity: 2, unit_price: 500, total: 1_000 },
    { ticket_type_id: family, name: "Family", quantity: 1, unit_price: 1_000, total: 1_000 },
  ]);
  const plain = await post(world, { ...key, quantity: 2 });
  assert.deepEqual(plain.body.lines, [{
    ticket_type_id: eventId,
    name: "General admission",
    quantity: 2,
    unit_price: 1_500,
    total: 3_000,
  }]);
  const refused = await post(world, { ...key, lines: [{ ticket_type_id: newId(), quantity: 1 }] });
  assert.deepEqual([refused.status, refused.body.code, refused.body.reason], [
    400,
    "TICKET_TYPE_NOT_ON_SALE",
    "not_on_sale",
  ]);
});

Deno.test("POST /bookings/reserve names the field of wrong lines", async () => {
  await using world = await createWorld();
  const [eventId, a, b] = [newId(), newId(), newId()];
  const line = (quantity: unknown, typeId: unknown = a) => ({ ticket_type_id: typeId, quantity });
  const wrong: [Record<string, unknown>, string][] = [
    [{}, "event_id, quantity, and idempotency_key are required"],
    [{ lines: [] }, "lines must have 1 to 10 items"],
    [{ lines: times(11, () => line(1, newId())) }, "lines must have 1 to 10 items"],
    [{ lines: "two" }, "lines must be a list"],
    [{ lines: [2] }, "lines[0] must be an object"],
    [
      { lines: [line(1)], quantity: 1 },
      "quantity must not be sent with lines: each line has its own",
    ],
    [
      { lines: [line(1), line(1, b), line(2, a.toUpperCase())] },
      "lines[2].ticket_type_id must differ from that of lines[0]",
    ],
    [{ lines: [line(1), line(0, b)] }, "lines[1].quantity must be at least 1"],
    [{ lines: [line(1.5)] }, "lines[0].quantity must be a whole number"],
    [{ lines: [line("2")] }, "lines[0].quantity must be a whole number"],
    [{ lines: [line(3e9)] }, "lines[0].quantity must be at most 2147483647"],
    [{ lines: [{ ticket_type_id: a }] }, "lines[0].quantity is required"],
    [{ lines: [{ quantity: 1 }] }, "lines[0].ticket_type_id is required"],
    [{ lines: [line(1, "x")] }, "lines[0].ticket_type_id must be a UUID"],
  ];
  for (const [body, text] of wrong) {
    const answer = await post(world, { event_id: eventId, idempotency_key: "k", ...body });
    assert.deepEqual([answer.status, answer.body.error], [400, text], JSON.stringify(body));
  }
});

Deno.test("GET /bookings/check-availability knows ticket types", async () => {
  await using world = await createWorld();
  const { eventId, balcony } = await createTypedEvent(world, { balcony: 2 });
  const check = async (query: string) => {
    const path = `/api/v1/bookings/check-availability?event_id=${eventId}&quantity=3${query}`;
    const { status, body } = await readAnswer(world.app.request(`http://booking.test${path}`));
    return [status, body.available ?? body.error, body.available_seats];
  };
  assert.deepEqual(await check(""), [200, true, 100]);
  assert.deepEqual(await check(`&ticket_type_id=${balcony}`), [200, false, 2]);
  assert.deepEqual(await check(`&ticket_type_id=${eventId}`), [200, true, 100]);
  assert.deepEqual(await check(`&ticket_type_id=${newId()}`), [
    404,
    "Ticket type not found",
    undefined,
  ]);
  assert.deepEqual(await check(`&ticket_type_id=x`), [
    400,
    "Invalid ticket_type_id format",
    undefined,
  ]);
});
