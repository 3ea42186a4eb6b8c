import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import { createWorld, type World } from "../testing/world.ts";
import { ACTION_TOKEN, LATE_TOKEN } from "./mock.ts";
import { settleStuck } from "./settle_stuck.ts";

async function post(world: World, path: string, { userId, body }: {
  userId?: string | undefined;
  body: unknown;
}) {
  const token = userId && await world.context.tokens.issueForUser(userId);
  const url = `http://booking.test/api/v1${path}`;
  return await readAnswer(world.app.request(jsonRequest("POST", url, { token, body })));
}

/** A reservation, and what its buyer sends about it. */
async function stage(world: World, paymentToken: string) {
  const eventId = await world.createEvent({ capacity: 10 });
  const { bookingId, userId } = await world.reserve({ eventId });
  const body = {
    reservation_id: bookingId,
    payment_token: paymentToken,
    payment_method: "card",
  };
  return {
    eventId,
    bookingId,
    userId,
    confirm: () => post(world, "/bookings/confirm", { userId, body }),
    answer: (clientSecret: string, answer: string) =>
      post(world, "/payments/mock/answer", {
        userId,
        body: { client_secret: clientSecret, answer },
      }),
  };
}

Deno.test("the buyer of tok_action approves, and the same confirmation goes through", async () => {
  await using world = await createWorld();
  const buyer = await stage(world, ACTION_TOKEN);
  const asked = await buyer.confirm();
  assert.equal(asked.status, 202);
  const { type, client_secret } = asked.body.next_action;
  assert.equal(type, "use_sdk");
  const again = await buyer.confirm();
  assert.deepEqual([again.status, again.body], [202, asked.body], "until it is answered");

  const approved = await buyer.answer(client_secret, "approve");
  assert.deepEqual([approved.status, approved.body], [200, { message: "Payment approved" }]);
  const late = await buyer.answer(client_secret, "refuse");
  assert.deepEqual([late.status, late.body], [200, { message: "Payment approved" }]);
  const confirmed = await buyer.confirm();
  assert.deepEqual([confirmed.status, confirmed.body.status], [200, "confirmed"]);
  await world.assertInvariants(buyer.eventId);
});

Deno.test("a refused payment is declined; the hold stays, and the next payment asks anew", async () => {
  await using world = await createWorld();
  const buyer = await stage(world, ACTION_TOKEN);
  const { body: { next_action: { client_secret } } } = await buyer.confirm();
  const refused = await buyer.answer(client_secret, "refuse");
  assert.deepEqual(refused.body, { message: "Payment refused" });
  const declined = await buyer.confirm();
  assert.deepEqual([declined.status, declined.body.code], [402, "PAYMENT_DECLINED"]);
  const next = await buyer.confirm();
  assert.equal(next.status, 202);
  assert.notEqual(next.body.next_action.client_secret, client_secret);
  await world.assertInvariants(buyer.eventId);
});

Deno.test("POST /payments/mock/answer answers 400, 401 and 404", async () => {
  await using world = await createWorld();
  const buyer = await stage(world, ACTION_TOKEN);
  const { body: { next_action: { client_secret } } } = await buyer.confirm();
  const unclear = await buyer.answer(client_secret, "perhaps");
  const oneOf = "answer must be one of approve, refuse";
  assert.deepEqual([unclear.status, unclear.body.error], [400, oneOf]);
  const empty = await buyer.answer("", "approve");
  assert.deepEqual([empty.status, empty.body.error], [400, "client_secret is required"]);
  const body = { client_secret, answer: "approve" };
  assert.equal((await post(world, "/payments/mock/answer", { body })).status, 401);
  const forged = [newId(), "x", client_secret.slice(0, -1), `${newId()}${client_secret.slice(36)}`];
  for (const secret of forged) {
    const unknown = await buyer.answer(secret, "approve");
    assert.deepEqual([unknown.status, unknown.body.error], [404, "Payment not found"], secret);
  }
  assert.equal((await buyer.confirm()).status, 202, "nothing of that was an answer");
});

Deno.test("POST /payments/mock/answer answers 503 while the bank cannot remember", async () => {
  await using world = await createWorld();
  const buyer = await stage(world, ACTION_TOKEN);
  const { body: { next_action: { client_secret } } } = await buyer.confirm();
  world.context.redis.attempt = () => Promise.resolve(undefined);
  const { status, body } = await buyer.answer(client_secret, "approve");
  assert.deepEqual([status, body.code], [503, "UNAVAILABLE"]);
});

Deno.test("the answer about tok_late is late: in progress, then confirmed once, by itself", async () => {
  await using world = await createWorld();
  const buyer = await stage(world, LATE_TOKEN);
  for (let asked = 0; asked < 3; asked++) {
    const { status, body, headers } = await buyer.confirm();
    assert.deepEqual([status, body.code], [503, "PAYMENT_IN_PROGRESS"]);
    assert.ok(Number(headers.get("Retry-After")) > 0);
  }
  world.clock.advance(30_000);
  await settleStuck(world.deps);
  const confirmed = await buyer.confirm();
  assert.deepEqual([confirmed.status, confirmed.body.status], [200, "confirmed"]);
  assert.equal((await world.bookingsDb`SELECT FROM payments`).length, 1);
  await world.assertInvariants(buyer.eventId);
});
