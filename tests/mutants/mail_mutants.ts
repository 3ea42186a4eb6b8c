import type { Mutant } from "./mutate.ts";

const API_TESTS = "shared/mail/api_test.ts";
const RENDER_TESTS = "shared/mail/render_mail_test.ts";
const OUTBOX_TESTS = "shared/outbox/outbox_test.ts";
const SMTP_TESTS = "tests/mail/smtp_test.ts";
const MAIL_TESTS = "services/booking/mails/mails_test.ts";

/** Defects of mails; those of the links in them are in `account_mutants.ts`. */
export const MAIL_MUTANTS: readonly Mutant[] = [
  {
    name: "a mail that is sent again has another Message-ID",
    edits: [{
      in: "sendMail",
      find: "messageIdOf(id, mailFrom)",
      replace: "messageIdOf(crypto.randomUUID(), mailFrom)",
    }],
    tests: [MAIL_TESTS, "tests/mail/outage_test.ts"],
  },
  {
    name: "a fact that is told again causes another mail",
    edits: [{
      in: "postgresMailStore",
      find: "deriveId(MAIL_NAMESPACE, causeId)",
      replace: "crypto.randomUUID()",
    }],
    tests: [MAIL_TESTS],
  },
  {
    name: "a buyer is told twice that an event moved",
    edits: [{
      in: "postgresMailStore",
      find: "SELECT b.booking_id, md5(${changeId}::text || b.booking_id::text)::uuid AS message_id",
      replace: "SELECT b.booking_id, gen_random_uuid() AS message_id",
    }],
    tests: [MAIL_TESTS],
  },
  {
    name: "a ticket is mailed for a booking that was cancelled",
    edits: [{
      in: "composeBookingMail",
      find: 'status !== "confirmed" || booking.ticketCode === undefined',
      replace: "booking.ticketCode === undefined",
    }],
    tests: [MAIL_TESTS],
  },
  {
    name: "an offer is mailed after its end",
    edits: [{
      in: "composeOfferMail",
      find: 'offer?.status !== "pending" || offer.expiresAt <= clock.now()',
      replace: "offer === undefined",
    }],
    tests: [MAIL_TESTS],
  },
  {
    name: "a mail that is refused for good is tried again",
    edits: [{ in: "MAIL_RETRIES", find: "error instanceof MailRefused", replace: "false" }],
    tests: [MAIL_TESTS],
  },
  {
    name: "a recipient that the SMTP server refuses is tried again",
    edits: [{ in: "smtp/isRefusal", find: "responseCode >= 500", replace: "responseCode >= 600" }],
    tests: [SMTP_TESTS],
  },
  {
    name: "a mail that a busy SMTP server postpones is given up",
    edits: [{ in: "smtp/isRefusal", find: "responseCode >= 500", replace: "responseCode >= 400" }],
    tests: [SMTP_TESTS],
  },
  {
    name: "a mail that the API refuses is tried again",
    edits: [{ in: "api/isRefusal", find: "status < 500", replace: "status < 400" }],
    tests: [API_TESTS],
  },
  {
    name: "a mail that the API has no time for is given up",
    edits: [{ in: "MAY_PASS", find: "425, 429", replace: "425" }],
    tests: [API_TESTS],
  },
  {
    name: "the pause that a mail API asks for is not kept",
    edits: [{
      in: "Outbox",
      find: "Math.max(retries.firstRetryMs * doubled, retries.leastPauseMs?.(error) ?? 0)",
      replace: "retries.firstRetryMs * doubled",
    }],
    tests: [OUTBOX_TESTS],
  },
  {
    name: "the key of the mail API is in its errors",
    edits: [{
      in: "apiTransport",
      find: "the mail API answered ${response.status}",
      replace: "the mail API answered ${response.status} to ${key}",
    }],
    tests: [API_TESTS],
  },
  {
    name: "a burst of mails has the event loop to itself",
    edits: [{ in: "mailLane", find: "tookMs * times", replace: "0 * tookMs" }],
    tests: ["shared/mail/mail_lane_test.ts"],
  },
  {
    name: "facts and mails take the time of confirmations",
    edits: [{ in: "openBookingService", find: "restMs: restInRush(context.urgent),", replace: "" }],
    tests: ["services/booking/open_test.ts"],
  },
  {
    name: "a worker that should rest is nudged awake",
    edits: [{ in: "createWorker", find: "restMs(passMs) - restedMs", replace: "0" }],
    tests: ["shared/worker_test.ts"],
  },
  {
    name: "a scheduler waits for the rest of a worker",
    edits: [{ in: "createWorker", find: "rests && restMs", replace: "restMs" }],
    tests: ["shared/worker_test.ts"],
  },
  {
    name: "dead letters are kept for ever",
    edits: [{
      in: "postgresOutboxStore",
      find: "AND created_at < ${createdBefore}",
      replace: "AND created_at < ${createdBefore} - interval '1 year'",
    }],
    tests: [OUTBOX_TESTS],
  },
  {
    name: "names are markup in the HTML of a mail",
    edits: [{
      in: "EventStub",
      find: "<bdi>{event.name}</bdi>",
      replace: "<bdi dangerouslySetInnerHTML={{ __html: event.name }} />",
    }],
    tests: [RENDER_TESTS],
  },
  {
    name: "a line break of a name is in the subject of a mail",
    edits: [{
      in: "saneText",
      find: '.replaceAll(UNSAFE, " ").replaceAll(/\\s+/g, " ")',
      replace: "",
    }],
    tests: [SMTP_TESTS],
  },
  {
    name: "mails show the times of an event in another zone",
    edits: [{
      in: "mailEventOf",
      find: "timezone,\n    venue: venue.name",
      replace: 'timezone: "UTC",\n    venue: venue.name',
    }],
    tests: [MAIL_TESTS],
  },
];
