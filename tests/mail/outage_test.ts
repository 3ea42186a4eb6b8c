/** Mails while their SMTP server is down, and after. */
import assert from "node:assert/strict";
import { freePort, times } from "@evently/shared/testing";
import { smtpTransport } from "../../shared/mail/smtp.ts";
import { createWorld, type World } from "../../services/booking/testing/world.ts";
import { messageIdIn, openSmtpSink, smtpAnswer, smtpTest } from "./smtp_sink.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BOOKINGS = 5;

/** A world whose users have addresses, and whose mails go to an SMTP server at this port. */
async function createMailWorld(port: number): Promise<World> {
  const world = await createWorld();
  const { context } = world;
  context.provide("user", {
    async fetch(request) {
      const { user_ids }: { user_ids: string[] } = await request.json();
      const users = user_ids.map((userId) => ({
        user_id: userId,
        name: "Asha Rao",
        email: `${userId}@example.com`,
      }));
      return Response.json({ users });
    },
  });
  const url = `smtp://127.0.0.1:${port}`;
  Object.assign(context.mailTransport, smtpTransport({ url, from: context.mailFrom }));
  return world;
}

/** Lets so much time pass, with the outbox at work. */
async function pass(world: World, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 10 * MINUTE_MS) {
    await world.drainOutbox();
    world.clock.advance(10 * MINUTE_MS);
  }
  await world.drainOutbox();
}

smtpTest(
  "mails wait while the SMTP server is down, and then arrive once, each with its Message-ID",
  async () => {
    const port = await freePort();
    await using world = await createMailWorld(port);
    const eventId = await world.createEvent();
    const bookings = await Promise.all(times(BOOKINGS, () => world.reserve({ eventId })));
    for (const booking of bookings) await world.confirm(booking);
    await pass(world, 2 * HOUR_MS);

    await using sink = await openSmtpSink({ port });
    // It is up, but accepts nothing yet: what it was sent before must be what it is sent again.
    const offered = new Map<string, string>();
    sink.refuseMail = (mail) => {
      offered.set(mail.to[0]!, messageIdIn(mail));
      return smtpAnswer(451);
    };
    await pass(world, 6 * HOUR_MS);
    assert.equal(offered.size, BOOKINGS);
    assert.equal(sink.received.length, 0);

    sink.refuseMail = () => undefined;
    await pass(world, 10 * HOUR_MS);
    const accepted = sink.received.map((mail) => [mail.to[0], messageIdIn(mail)]);
    world.context.mailTransport.close();
    assert.equal(accepted.length, BOOKINGS, "each arrives once");
    assert.deepEqual(new Map(accepted as [string, string][]), offered);
    assert.deepEqual(
      [...offered.keys()].toSorted(),
      bookings.map(({ userId }) => `${userId}@example.com`).toSorted(),
    );
    assert.equal(new Set(offered.values()).size, BOOKINGS);
    await world.assertInvariants(eventId);
  },
);

smtpTest("a booking is confirmed while the SMTP server is down", async () => {
  await using world = await createMailWorld(await freePort());
  const eventId = await world.createEvent();
  for (const booking of await Promise.all(times(2, () => world.reserve({ eventId })))) {
    const { status } = await world.confirm(booking);
    assert.equal(status, "confirmed");
    await world.drainOutbox();
  }
  await world.assertInvariants(eventId);
});
