import assert from "node:assert/strict";
import { MailRefused } from "@evently/shared/mail";
import { newId } from "@evently/shared/ids";
import { exactlyOne, many } from "@evently/shared/postgres";
import { createWorld, OFFER_MS, type World } from "../testing/world.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { ACTION_TOKEN } from "../payments/mock.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import { refundBooking } from "../refunds/refund_booking.ts";
import { serveWaitlist } from "../waitlist/serve_waitlist.ts";
import { Line } from "../testing/line.ts";
import { createMailOutbox } from "./mail_outbox.ts";
import { tellMoved } from "./tell_moved.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Lets every user be found, as `Asha Rao` at an address of their own. */
function knowUsers({ context }: World, language = "en"): void {
  context.provide("user", {
    async fetch(request) {
      const asked: { user_ids: string[] } = await request.json();
      const users = asked.user_ids.map((id) => ({
        user_id: id,
        name: "Asha Rao",
        email: `${id}@example.com`,
        language,
      }));
      return Response.json({ users });
    },
  });
}

async function createMailWorld(options?: Parameters<typeof createWorld>[0]): Promise<World> {
  const world = await createWorld(options);
  knowUsers(world);
  return world;
}

Deno.test("a confirmed booking is told once, with its ticket and a calendar file", async () => {
  await using world = await createMailWorld();
  const { mails } = world.context;
  const eventId = await world.createEvent();
  const booking = await world.reserve({ eventId, quantity: 2 });
  await world.drainOutbox();
  assert.equal(mails.length, 0, "a hold is no news");
  await world.confirm(booking);
  await world.drainOutbox();
  await world.drainOutbox();
  const [mail, ...more] = mails;
  assert.equal(more.length, 0);
  assert.equal(mail?.to, `${booking.userId}@example.com`);
  const { ticketCode } = (await world.store.find(booking.bookingId))!;
  for (const body of [mail!.text, mail!.html]) {
    assert.ok(body.includes(`https://evently.example/tickets/${ticketCode}`));
    assert.ok(body.includes(booking.reference));
  }
  assert.match(mail!.text, /2 × General admission/);
  const [file] = mail!.attachments!;
  assert.match(file!.content, new RegExp(`UID:${eventId}@evently`));
});

Deno.test("a cancelled booking is told with its refund, and no ticket mail follows it", async () => {
  await using world = await createMailWorld();
  const { mails } = world.context;
  const eventId = await world.createEvent();
  const booking = await world.reserve({ eventId });
  await world.confirm(booking);
  await cancelBooking(world.deps, booking);
  await world.drainOutbox();
  assert.deepEqual(mails.map(({ subject }) => subject.split(":")[0]), ["Cancelled"]);
  assert.match(mails[0]!.text, /You get back: ₹/);
});

Deno.test("a buyer is told of money back from the organiser, once, and that the tickets stay", async () => {
  await using world = await createMailWorld();
  const { mails } = world.context;
  const eventId = await world.createEvent();
  const booking = await world.reserve({ eventId });
  await world.confirm(booking);
  await world.drainOutbox();
  mails.length = 0;

  const { bookingId } = booking;
  const refund = { eventId, bookingId, amount: 1.5, note: "Sorry", idempotencyKey: newId() };
  await refundBooking(world.deps, refund);
  await refundBooking(world.deps, refund);
  await world.drainOutbox();
  await world.drainOutbox();
  const [mail, ...more] = mails;
  assert.equal(more.length, 0);
  assert.match(mail!.subject, /^Money back: /);
  assert.match(mail!.text, /You get back: ₹1\.50[^]*Your tickets stay valid/);

  await cancelBooking(world.deps, booking);
  await world.drainOutbox();
  await world.drainOutbox();
  assert.deepEqual(mails.slice(1).map(({ subject }) => subject.split(":")[0]), ["Cancelled"]);
});

Deno.test("a buyer who reads Hindi gets a mail in it, whose links lead to pages in Hindi", async () => {
  await using world = await createWorld();
  knowUsers(world, "hi");
  const booking = await world.reserve({ eventId: await world.createEvent() });
  await world.confirm(booking);
  await world.drainOutbox();
  const [mail] = world.context.mails;
  assert.match(mail!.subject, /^आपके टिकट: /);
  assert.match(mail!.text, /https:\/\/evently\.example\/hi\/tickets\//);
});

Deno.test("a hold that its buyer gives back is no news", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  await cancelBooking(world.deps, await world.reserve({ eventId }));
  await world.drainOutbox();
  assert.equal(world.context.mails.length, 0);
});

Deno.test("every buyer of a cancelled event is told of the refund", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  for (let i = 0; i < 3; i++) await world.confirm(await world.reserve({ eventId }));
  await world.drainOutbox();
  world.context.mails.length = 0;
  await world.organiser.cancelEvent(eventId);
  await world.settle();
  const { mails } = world.context;
  assert.equal(new Set(mails.map(({ to }) => to)).size, 3);
  for (const { text } of mails) assert.match(text, /The organiser has cancelled the event/);
});

Deno.test("a payment that waits for its buyer is told after two minutes, unless it is made", async () => {
  await using world = await createMailWorld({ payments: new RecordingProvider() });
  const eventId = await world.createEvent();
  const booking = await world.reserve({ eventId });
  await confirmBooking(world.deps, { ...booking, method: "card", token: ACTION_TOKEN });
  await world.drainOutbox();
  assert.equal(world.context.mails.length, 0);
  world.clock.advance(2 * MINUTE_MS);
  await world.drainOutbox();
  const [mail] = world.context.mails;
  assert.ok(mail?.text.includes(`https://evently.example/checkout/${booking.bookingId}`));
});

Deno.test("tellMoved() writes one mail a booking, however often it is called", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  const bookings = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  for (const booking of bookings) await world.confirm(booking);
  await world.reserve({ eventId });
  await world.drainOutbox();
  world.context.mails.length = 0;
  const event = (await world.deps.events.current(eventId))!;
  const moved = {
    changeId: crypto.randomUUID(),
    eventId,
    payload: {
      kind: "event_moved" as const,
      start_before: new Date(event.startsAt.getTime() - HOUR_MS).toISOString(),
      start_after: event.startsAt.toISOString(),
      timezone_before: "Asia/Kolkata",
      venue_before: "Old Hall",
      address_before: "1 Fort Road, Pune",
    },
  };
  const isDone = await Promise.all([tellMoved(world.deps, moved), tellMoved(world.deps, moved)]);
  assert.deepEqual(isDone, [{ isDone: true }, { isDone: true }]);
  await world.drainOutbox();
  await tellMoved(world.deps, moved);
  await world.drainOutbox();
  const { mails } = world.context;
  assert.deepEqual(
    mails.map(({ to }) => to).toSorted(),
    bookings.map(({ userId }) => `${userId}@example.com`).toSorted(),
  );
  assert.match(mails[0]!.text, /Before, at: Old Hall, 1 Fort Road, Pune/);
  assert.match(mails[0]!.text, /now you get back ₹/);
});

for (
  const { when, startsInMs, percent } of [
    { when: "a month", startsInMs: 30 * 24 * HOUR_MS, percent: 100 },
    { when: "an hour", startsInMs: HOUR_MS, percent: 0 },
  ]
) {
  Deno.test(`buyers of an event in ${when} that moves are told what comes back, and it does`, async () => {
    await using world = await createMailWorld();
    const { mails } = world.context;
    const eventId = await world.createEvent({ startsInMs });
    const booking = await world.reserve({ eventId, quantity: 2 });
    await world.confirm(booking);
    await world.settle();
    mails.length = 0;
    const startsAt = new Date(world.clock.now().getTime() + startsInMs + HOUR_MS / 2);
    await world.organiser.change(eventId, {
      start_datetime: startsAt.toISOString(),
      end_datetime: new Date(startsAt.getTime() + 2 * HOUR_MS).toISOString(),
    });
    await world.settle();
    const [mail, ...more] = mails;
    assert.equal(more.length, 0);
    assert.equal(mail?.to, `${booking.userId}@example.com`);
    assert.match(mail.subject, /^Changed: Diwali Night$/);
    const refund = percent === 0 ? /nothing comes back/ : /now you get back ₹3,000,/;
    assert.match(mail.text, refund);
    assert.match(mail.text, /Your tickets stay valid/);
    assert.ok(mail.text.includes(`/account/bookings/${booking.bookingId}`));
    assert.equal(mail.attachments?.length, 1, "a new calendar file");

    const { newRefundMinor } = await cancelBooking(world.deps, booking);
    assert.equal(newRefundMinor, 300_000 * percent / 100);
  });
}

Deno.test("an event that was moved again is told as it is now only", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  await world.confirm(await world.reserve({ eventId }));
  await world.drainOutbox();
  world.context.mails.length = 0;
  const overtaken = new Date(world.clock.now().getTime() + HOUR_MS).toISOString();
  await tellMoved(world.deps, {
    changeId: crypto.randomUUID(),
    eventId,
    payload: {
      kind: "event_moved",
      start_before: overtaken,
      start_after: overtaken,
      timezone_before: "UTC",
      venue_before: "Old Hall",
      address_before: "",
    },
  });
  await world.drainOutbox();
  assert.equal(world.context.mails.length, 0);
});

Deno.test("who waits is told of an offer, then that it lapsed, each once", async () => {
  await using world = await createMailWorld();
  const { mails } = world.context;
  const line = await Line.of(world, { seats: 2 });
  const [first] = await line.join(1);
  await world.drainOutbox();
  mails.length = 0;
  await line.free(1);
  await line.serve();
  await line.serve();
  const told = () => mails.filter(({ to }) => to === `${first}@example.com`);
  const [offer, ...more] = told();
  assert.equal(more.length, 0);
  assert.equal(offer?.subject, "Tickets for you: Diwali Night");
  const deadline = new Date(world.clock.now().getTime() + OFFER_MS);
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const until = deadline.toLocaleTimeString("en", { ...clock, timeZone: "Asia/Kolkata" });
  for (const body of [offer.text, offer.html]) {
    assert.ok(body.includes(`https://evently.example/waitlist/${line.eventId}`));
    assert.ok(body.includes(`${until} IST`), until);
  }

  mails.length = 0;
  world.clock.advance(OFFER_MS + 1);
  await expireDue(world.deps);
  await world.drainOutbox();
  await world.drainOutbox();
  const [lapsed, ...others] = told();
  assert.equal(others.length, 0);
  assert.equal(lapsed?.subject, "Your offer has ended: Diwali Night");
  assert.match(lapsed.text, /not paid in time/);
});

Deno.test("an offer that is over before its mail is made is not told", async () => {
  await using world = await createMailWorld();
  const line = await Line.of(world, { seats: 1 });
  const [first] = await line.join(1);
  await world.drainOutbox();
  world.context.mails.length = 0;
  await line.free(1);
  await serveWaitlist(world.deps, line.eventId);
  world.clock.advance(OFFER_MS + 1);
  await world.drainOutbox();
  const subjects = world.context.mails.filter(({ to }) => to === `${first}@example.com`)
    .map(({ subject }) => subject);
  assert.ok(!subjects.some((subject) => subject.startsWith("Tickets for you")), String(subjects));
});

Deno.test("a mail that was sent but not recorded is sent again with the same Message-ID", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  await world.confirm(await world.reserve({ eventId }));
  const { outboxStore } = world.deps;
  const killed = createMailOutbox({
    ...world.deps,
    outboxStore: { ...outboxStore, complete: () => new Promise(() => {}) },
  });
  await createMailOutbox(world.deps).deliver("booking.confirmed");
  void killed.deliver("mail.send");
  const { mails } = world.context;
  while (mails.length === 0) await new Promise((resolve) => setTimeout(resolve));
  world.clock.advance(2 * MINUTE_MS);
  await world.drainOutbox();
  assert.equal(mails.length, 2);
  assert.equal(mails[0]!.messageId, mails[1]!.messageId);
  assert.match(mails[0]!.messageId, /^[0-9a-f-]{36}@evently\.example$/);
});

Deno.test("a fact that was handled but not recorded causes no second mail", async () => {
  await using world = await createMailWorld();
  const eventId = await world.createEvent();
  await world.confirm(await world.reserve({ eventId }));
  const { outboxStore } = world.deps;
  const lost = { ...outboxStore, complete: () => Promise.reject(new Error("connection lost")) };
  await createMailOutbox({ ...world.deps, outboxStore: lost }).deliver("booking.confirmed");
  world.clock.advance(2 * MINUTE_MS);
  await world.drainOutbox();
  assert.equal(world.context.mails.length, 1);
});

Deno.test("a mail that cannot be sent is tried 12 times over a day, then it is a dead letter", async () => {
  await using world = await createMailWorld();
  let sent = 0;
  world.context.mailTransport.send = () => {
    sent++;
    return Promise.reject(new Error("no connection"));
  };
  const eventId = await world.createEvent({ startsInMs: 30 * 24 * HOUR_MS });
  await world.confirm(await world.reserve({ eventId }));
  for (let hour = 0; hour < 40; hour++) {
    for (let pass = 0; pass < 6; pass++) {
      await createMailOutbox(world.deps).deliverAll();
      world.clock.advance(10 * MINUTE_MS);
    }
  }
  assert.equal(sent, 12);
  assert.equal(await deadLetters(world), 1);
});

Deno.test("a refused mail is a dead letter at once", async () => {
  await using world = await createMailWorld();
  world.context.mailTransport.send = () => Promise.reject(new MailRefused("no such mailbox"));
  const eventId = await world.createEvent();
  await world.confirm(await world.reserve({ eventId }));
  await world.drainOutbox();
  assert.equal(await deadLetters(world), 1);
});

Deno.test("without a transport mails are neither written nor composed", async () => {
  await using world = await createWorld();
  const { mailTransport } = world.context;
  const mail = { ...world.deps.mail, mailTransport: { ...mailTransport, name: "none" } };
  const outbox = createMailOutbox({ ...world.deps, mail });
  const writing = createMailOutbox(world.deps);
  for (
    const { deliverFacts } of [
      { deliverFacts: () => outbox.deliver("booking.confirmed") },
      { deliverFacts: () => writing.deliver("booking.confirmed") },
    ]
  ) {
    await world.confirm(await world.reserve({ eventId: await world.createEvent() }));
    await deliverFacts();
  }
  const undelivered = () =>
    many(
      world.bookingsDb<{ topic: string }[]>`SELECT topic FROM outbox WHERE delivered_at IS NULL`,
      ({ topic }) => topic,
    );
  assert.deepEqual(await undelivered(), ["mail.send"], "of the process that has a transport");
  await outbox.deliver("mail.send");
  assert.deepEqual([await undelivered(), world.context.mails], [[], []], "users are not asked for");
});

function deadLetters({ bookingsDb }: World): Promise<number> {
  return exactlyOne(
    bookingsDb<{ dead: number }[]>`
      SELECT count(*) AS dead FROM outbox WHERE due_at = 'infinity' AND delivered_at IS NULL`,
    ({ dead }) => dead,
  );
}
