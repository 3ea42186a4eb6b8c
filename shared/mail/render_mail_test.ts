import assert from "node:assert/strict";
import { type MailKind, type MailProps, renderMail } from "./mod.ts";

const OPTIONS = { language: "en", publicUrl: "https://evently.example" };
const URL = "https://evently.example/reset#token=abc";
const EVIL = `<img src=x onerror="alert(1)"> & 'more'`;
/** As React escapes it. */
const ESCAPED = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#x27;more&#x27;";

/** Tokyo is nine hours ahead of UTC, so the event is on another day there. */
const EVENT = {
  eventId: "0f8b6f0e-1111-4222-8333-444455556666",
  name: EVIL,
  startsAt: new Date("2026-12-12T16:30:00Z"),
  endsAt: new Date("2026-12-12T19:30:00Z"),
  timezone: "Asia/Tokyo",
  venue: EVIL,
  address: "1 Fort Road, Pune",
};
const STARTS = "Sunday 13 December 2026, 01:30 GMT+9";
const DEADLINE = new Date("2026-12-10T15:10:00Z");
const UNTIL = "Fri 11 Dec, 00:10 GMT+9";
const BOOKING = { name: EVIL, event: EVENT, reference: "EVT-ABC234", url: URL };
const PAID = { amountMinor: 149_950, currency: "INR" };

/** Of each kind a mail whose texts are evil, and what its text and its HTML must say. */
const KINDS: { [Kind in MailKind]: { props: MailProps[Kind]; says: string[]; subject: RegExp } } = {
  welcome: {
    props: { name: "Asha", url: URL },
    subject: /^Welcome to Evently$/,
    says: ["Hello Asha,"],
  },
  verify_email: {
    props: { name: "Asha", url: URL, expiresAt: DEADLINE },
    subject: /^Confirm your e-mail address$/,
    says: ["Hello Asha,", "until Thu 10 Dec, 15:10 UTC"],
  },
  password_reset: {
    props: { name: "Asha", url: URL, expiresAt: DEADLINE },
    subject: /^Choose a new password$/,
    says: ["Hello Asha,", "until Thu 10 Dec, 15:10 UTC"],
  },
  organisation_invitation: {
    props: {
      organisation: "Jaipur Jazz",
      inviter: "Asha",
      role: "manager",
      url: URL,
      expiresAt: DEADLINE,
    },
    subject: /^You are invited to Jaipur Jazz on Evently$/,
    says: ["Asha invites you", "Manager: events", "until Thu 10 Dec, 15:10 UTC"],
  },
  booking_confirmed: {
    props: {
      ...BOOKING,
      lines: [{ name: EVIL, quantity: 2 }, { name: "Balcony", quantity: 1 }],
      total: PAID,
      ticketUrl: "https://evently.example/tickets/abc",
      terms: [{ hoursBefore: 24, percent: 100 }, { hoursBefore: 2, percent: 50 }],
      soldWithStart: EVENT.startsAt,
    },
    subject: /^Your tickets: /,
    says: [
      STARTS,
      "EVT-ABC234",
      "1 × Balcony",
      "₹1,499.50",
      "https://evently.example/tickets/abc",
      "all of it back until Sat 12 Dec, 01:30 GMT+9",
      "50 % back until Sat 12 Dec, 23:30 GMT+9",
    ],
  },
  booking_cancelled: {
    props: { ...BOOKING, refund: PAID },
    subject: /^Cancelled: your booking for /,
    says: [STARTS, "EVT-ABC234", "₹1,499.50", "5 to 10 days"],
  },
  payment_action: {
    props: { ...BOOKING, total: PAID, deadline: DEADLINE },
    subject: /^Your bank needs you: /,
    says: [STARTS, "EVT-ABC234", "₹1,499.50", UNTIL],
  },
  payment_returned: {
    props: { ...BOOKING, total: PAID },
    subject: /^Your payment came too late: /,
    says: [STARTS, "EVT-ABC234", "₹1,499.50", "have no tickets"],
  },
  booking_refunded: {
    props: { ...BOOKING, refund: PAID, areTicketsValid: true },
    subject: /^Money back: /,
    says: [STARTS, "EVT-ABC234", "₹1,499.50", "Your tickets stay valid"],
  },
  waitlist_offer: {
    props: { name: EVIL, event: EVENT, quantity: 2, url: URL, deadline: DEADLINE },
    subject: /^Tickets for you: /,
    says: [STARTS, "2 tickets are held for you", UNTIL],
  },
  account_erased: {
    props: { name: EVIL, url: URL },
    subject: /^Your account is deleted$/,
    says: ["signed out everywhere", "kept without your name"],
  },
  offer_lapsed: {
    props: { name: EVIL, event: EVENT, quantity: 2, url: URL, isOver: true },
    subject: /^Your offer has ended: /,
    says: [STARTS, "not paid in time", "You wait no longer"],
  },
  event_moved: {
    props: {
      ...BOOKING,
      before: {
        startsAt: new Date("2026-12-05T16:30:00Z"),
        timezone: "Asia/Kolkata",
        venue: "Old Hall",
        address: "2 Lake Road, Pune",
      },
      refundNow: PAID,
    },
    subject: /^Changed: /,
    says: [
      STARTS,
      "EVT-ABC234",
      "Saturday 5 December 2026, 22:00 IST",
      "Old Hall, 2 Lake Road, Pune",
      "Your tickets stay valid",
      "cancel your booking: now you get back ₹1,499.50",
    ],
  },
  event_cancelled: {
    props: { ...BOOKING, refund: PAID },
    subject: /^Cancelled: /,
    says: [STARTS, "EVT-ABC234", "₹1,499.50", "The organiser has cancelled the event"],
  },
};

for (const kind of Object.keys(KINDS) as MailKind[]) {
  Deno.test(`renderMail() says in text and HTML what ${kind} is about, escaped`, async () => {
    const { props, says, subject: expected } = KINDS[kind];
    const { subject, text, html } = await renderMail(kind, props, OPTIONS);
    assert.match(subject, expected);
    const isOfEvent = "event" in props;
    const plainHtml = html.replaceAll(/<[^>]+>|&nbsp;/g, "");
    for (const fact of [...says, ...(isOfEvent ? ["1 Fort Road, Pune"] : [])]) {
      if (!fact.startsWith("https:")) assert.ok(plainHtml.includes(fact), `HTML: ${fact}`);
      assert.ok(text.includes(fact), `text: ${fact}`);
    }
    for (const body of [text, html]) {
      assert.ok(body.includes(URL), "the link");
      assert.doesNotMatch(body, /undefined|NaN|Invalid Date|\[object|null/);
    }
    assert.ok(!html.includes("<img"), "no markup of people");
    if (!isOfEvent) return;
    assert.ok(html.includes(ESCAPED));
    assert.ok(text.includes(EVIL) && subject.includes(EVIL), "text and subject need no escapes");
  });
}

Deno.test("renderMail() falls back to English", async () => {
  const props = { name: "Asha", url: URL };
  const english = await renderMail("welcome", props, OPTIONS);
  for (const language of [undefined, "tlh", "xx-YY"]) {
    assert.deepEqual(await renderMail("welcome", props, { ...OPTIONS, language }), english);
  }
});
