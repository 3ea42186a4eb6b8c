import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { Stripe } from "stripe";
import { ForgedWebhook } from "../provider.ts";
import { readStripeEvent } from "./webhook.ts";

const SECRET = "whsec_ofTheTest";
const NOW = new Date("2027-01-01T12:00:00Z");
const PAYMENT_ID = newId();

const bodyOf = (object: unknown) =>
  JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "payment_intent.succeeded",
    data: { object },
  });
const PAID = bodyOf({ object: "payment_intent", metadata: { payment_id: PAYMENT_ID } });

interface Sent {
  body?: string;
  /** What the signature is of, where it is not the body. */
  signed?: string;
  secret?: string;
  at?: Date;
}

async function read({ body = PAID, signed = body, secret = SECRET, at = NOW }: Sent = {}) {
  const signature = await Stripe.webhooks.generateTestHeaderStringAsync({
    payload: signed,
    secret,
    timestamp: at.getTime() / 1_000,
  });
  return await readStripeEvent({
    body: new TextEncoder().encode(body),
    headers: new Headers({ "Stripe-Signature": signature }),
    now: NOW,
    secret: SECRET,
  });
}

const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

Deno.test("readStripeEvent() names the event and the payment that it is about", async () => {
  assert.deepEqual(await read(), {
    eventId: "evt_1",
    type: "payment_intent.succeeded",
    paymentId: PAYMENT_ID,
  });
});

Deno.test("readStripeEvent() knows no payment of objects that are not ours", async () => {
  for (const object of [{}, { metadata: null }, { metadata: { payment_id: "' OR 1=1" } }]) {
    assert.equal((await read({ body: bodyOf(object) })).paymentId, undefined);
  }
});

Deno.test("readStripeEvent() refuses a body that was not signed with our secret", async () => {
  await assert.rejects(read({ secret: "whsec_ofOthers" }), ForgedWebhook);
  await assert.rejects(
    read({ signed: PAID, body: PAID.replace("succeeded", "canceled") }),
    ForgedWebhook,
  );
  await assert.rejects(read({ signed: PAID, body: ` ${PAID}` }), ForgedWebhook);
});

Deno.test("readStripeEvent() takes signatures of five minutes before and after, no others", async () => {
  for (const seconds of [-300, -1, 0, 300]) await read({ at: after(seconds) });
  for (const seconds of [-302, 302, 86_400]) {
    await assert.rejects(read({ at: after(seconds) }), ForgedWebhook, `${seconds} s`);
  }
});

Deno.test("readStripeEvent() refuses requests without a proper signature header", async () => {
  const now = NOW.getTime() / 1_000;
  for (const header of ["", "v1=00", `t=${now}`, `t=${now},v0=00`, `t=x,v1=00`, `t=${now},v1=`]) {
    const headers = new Headers({ "Stripe-Signature": header });
    const body = new TextEncoder().encode(PAID);
    await assert.rejects(
      readStripeEvent({ body, headers, now: NOW, secret: SECRET }),
      ForgedWebhook,
    );
  }
});

Deno.test("readStripeEvent() refuses what is signed but is no JSON", async () => {
  await assert.rejects(read({ body: "{" }), ForgedWebhook);
});
