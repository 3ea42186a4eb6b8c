import assert from "node:assert/strict";
import { mailMessages } from "./messages/mod.ts";
import { type MailKind, type MailProps, renderMail } from "./mod.ts";

const OPTIONS = { language: "hi", publicUrl: "https://evently.example" };
const URL = "https://evently.example/hi/account";
const START = new Date("2026-12-12T12:30:00Z");
const HOUR_MS = 3_600_000;
const AMOUNT = { amountMinor: 149_900, currency: "INR" };

/** Nothing of it has a Latin letter: those that a mail has are ours. */
const event = {
  eventId: "1",
  name: "मानसून की गूँज",
  startsAt: START,
  endsAt: new Date(START.getTime() + 2 * HOUR_MS),
  timezone: "Asia/Kolkata",
  venue: "टाउन हॉल",
  address: "पुणे",
};
const booking = { name: "आशा", event, reference: "1234", url: URL };
const before = { ...event, startsAt: new Date(START.getTime() - HOUR_MS), venue: "मैदान" };

/** A mail of each kind, and its variants. */
const MAILS: { readonly [Kind in MailKind]: readonly MailProps[Kind][] } = {
  welcome: [{ name: "आशा", url: URL }],
  verify_email: [{ name: "आशा", url: URL, expiresAt: START }],
  password_reset: [{ name: "आशा", url: URL, expiresAt: START }],
  organisation_invitation: (["owner", "manager", "analyst"] as const).flatMap((role) => [
    { organisation: "जयपुर जैज़", inviter: "आशा", role, url: URL, expiresAt: START },
    {
      organisation: "www.example.com",
      inviter: "https://example.com",
      role,
      url: URL,
      expiresAt: START,
    },
  ]),
  booking_confirmed: [[{ hoursBefore: 24, percent: 100 }, { hoursBefore: 2, percent: 50 }], []]
    .map((terms) => ({
      ...booking,
      lines: [{ name: "बालकनी", quantity: 2 }],
      total: AMOUNT,
      ticketUrl: URL,
      terms,
      soldWithStart: START,
    })),
  booking_cancelled: [{ ...booking, refund: AMOUNT }, {
    ...booking,
    refund: { ...AMOUNT, amountMinor: 0 },
  }],
  payment_action: [{ ...booking, total: AMOUNT, deadline: START }],
  payment_returned: [{ ...booking, total: AMOUNT }],
  booking_refunded: [true, false].map((areTicketsValid) => ({
    ...booking,
    refund: AMOUNT,
    areTicketsValid,
  })),
  waitlist_offer: [1, 2].map((quantity) => ({
    name: "आशा",
    event,
    quantity,
    url: URL,
    deadline: START,
  })),
  account_erased: [{ name: "आशा", url: URL }],
  offer_lapsed: [true, false].map((isOver) => ({
    name: "आशा",
    event,
    quantity: 2,
    url: URL,
    isOver,
  })),
  event_moved: [0, 74_950].map((amountMinor) => ({
    ...booking,
    before,
    refundNow: { ...AMOUNT, amountMinor },
  })),
  event_cancelled: [{ ...booking, refund: AMOUNT }],
};

/** Words in Latin letters that mails in Hindi have. */
const LATIN = /Evently|UPI|IST|UTC/g;
const LINK = /https?:\S+/g;
/** What no text has: values that were not meant for people. */
const RUBBISH = /undefined|null|NaN|\[object|=>|\$\{/;

for (const kind of Object.keys(MAILS) as MailKind[]) {
  Deno.test(`the mail ${kind} in Hindi has no English left in it`, async () => {
    for (const props of MAILS[kind]) {
      const { subject, html, text } = await renderMail(kind, props, OPTIONS);
      assert.match(html, /<html[^>]* lang="hi"/);
      assert.match(html, /href="https:\/\/evently\.example\/hi"/);
      for (const said of [subject, text]) {
        assert.match(said, /[\u0900-\u097f]/);
        assert.doesNotMatch(said, RUBBISH);
        assert.doesNotMatch(said.replaceAll(LINK, "").replaceAll(LATIN, ""), /[A-Za-z]/, said);
      }
    }
  });
}

Deno.test("a confirmed booking in Hindi has its day, its amount and its terms as India writes them", async () => {
  const { text } = await renderMail("booking_confirmed", MAILS.booking_confirmed[0]!, OPTIONS);
  assert.match(text, /₹1,499/);
  assert.match(text, /शनिवार 12 दिसंबर 2026, 18:00 IST/);
  assert.match(text, /शुक्र 11 दिस॰, 18:00 IST तक पूरे पैसे वापस। शनि 12 दिस॰, 16:00 IST तक 50% वापस।/);
});

Deno.test("mails know a language by its tag, with a region or without", () => {
  assert.equal(mailMessages("hi-IN"), mailMessages("hi"));
  assert.notEqual(mailMessages("hi"), mailMessages("en"));
});
