import type { Mutant } from "./mutate.ts";

const DELIVERY_TESTS = "services/event/webhooks/deliveries_test.ts";
const FACT_TESTS = "services/event/webhooks/event_facts_test.ts";
const ENDPOINT_TESTS = "services/event/webhooks/endpoint_test.ts";
const POST_TESTS = "services/event/webhooks/post_webhook_test.ts";
const ROUTE_TESTS = "services/event/webhooks/routes_test.ts";
const BOOKING_TESTS = "services/booking/webhooks/webhooks_test.ts";
const ADDRESS_TESTS = "shared/http/public_address_test.ts";

/** A defect of webhooks; `replace` is empty unless given. */
function mutant(
  name: string,
  { tests, ...edit }: { in: string; find: string; replace?: string; tests: string },
): Mutant {
  return { name: `webhooks: ${name}`, edits: [{ replace: "", ...edit }], tests: [tests] };
}

/** Defects by which a message could be forged, told to the wrong people, lost, or sent into our network. */
export const WEBHOOK_MUTANTS: readonly Mutant[] = [
  mutant("the signature does not cover the time", {
    in: "signedHeaders",
    find: "${id}.${timestamp}.${body}",
    replace: "${id}.${body}",
    tests: DELIVERY_TESTS,
  }),
  mutant("the signature does not cover the id", {
    in: "signedHeaders",
    find: "${id}.${timestamp}.${body}",
    replace: "${timestamp}.${body}",
    tests: DELIVERY_TESTS,
  }),
  mutant("the previous secret signs for ever", {
    in: "openKeys",
    find: "&& now < previousSecretUntil",
    tests: DELIVERY_TESTS,
  }),
  mutant("private addresses are accepted", {
    in: "assertAddresses",
    find: `if (kind === "public" || (allowLoopback && kind === "loopback")) continue;`,
    replace: `if (kind !== "loopback") continue;`,
    tests: ENDPOINT_TESTS,
  }),
  mutant("only the first address of a name is checked", {
    in: "assertAddresses",
    find: "of addresses)",
    replace: "of addresses.slice(0, 1))",
    tests: ENDPOINT_TESTS,
  }),
  mutant("addresses are not checked again at delivery", {
    in: "attempt_delivery/send",
    find: "await resolveEndpoint(deps, endpoint)",
    replace: "await deps.resolveName(endpoint.host)",
    tests: ENDPOINT_TESTS,
  }),
  mutant("the name is connected to, not the address that was checked", {
    in: "postWebhook",
    find: "host: address,",
    replace: "host,",
    tests: POST_TESTS,
  }),
  mutant("certificates are not checked", {
    in: "postWebhook",
    find: "agent: false,",
    replace: "agent: false, rejectUnauthorized: false,",
    tests: POST_TESTS,
  }),
  mutant("addresses in place of names are accepted", {
    in: "assertPublicName",
    find: "if (isAddress(host))",
    replace: "if (false)",
    tests: ENDPOINT_TESTS,
  }),
  mutant("addresses of cloud metadata count as public", {
    in: "addressKind",
    find: "|| METADATA_ADDRESSES.has(address.toString())",
    tests: ADDRESS_TESTS,
  }),
  mutant("redirects are followed", {
    in: "postWebhook",
    find: "return await promise;",
    replace: `const answer = await promise;
      if (answer.status !== 302) return answer;
      const elsewhere = { ...endpoint, url: new URL("/secret", url) };
      return await postWebhook({ endpoint: elsewhere, address, headers, body, ca, limitMs });`,
    tests: POST_TESTS,
  }),
  mutant("a redirect counts as a delivery", {
    in: "attemptDelivery",
    find: "answer.status < 300",
    replace: "answer.status < 400",
    tests: DELIVERY_TESTS,
  }),
  mutant("other organisers are told, too", {
    in: "insertDeliveries",
    find: "${organisationOfWebhook(sql)} = ${ organisationOf(sql) } AND",
    tests: FACT_TESTS,
  }),
  mutant("fields of a fact that are not public are passed on", {
    in: "FactData",
    find: ".partial()",
    replace: ".partial().loose()",
    tests: FACT_TESTS,
  }),
  mutant("drafts are told of", {
    in: "topicOf",
    find: `if (statusBefore !== "draft")`,
    replace: "if (true)",
    tests: FACT_TESTS,
  }),
  mutant("changes of what an event sells are not told", {
    in: "changeOffer",
    find: "await webhooks.eventChanged(tx, { statusBefore, after, now: clock.now() });",
    tests: FACT_TESTS,
  }),
  mutant("changes of a venue are not told", {
    in: "updateVenue",
    find: "await webhooks.venueChanged(tx, { venueId, now });",
    tests: FACT_TESTS,
  }),
  mutant("drafts at a venue are told of", {
    in: "listWatchedEvents",
    find: "AND e.status = 'published'",
    tests: FACT_TESTS,
  }),
  mutant("a refund is told before it is made", {
    in: "refunds_sql/promiseRefund",
    find: "messages AS (${refundMessages(sql, now)})",
    replace: `messages AS (${"${refundMessages(sql, now)}"}), told AS (
      INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
      SELECT gen_random_uuid(), booking_id, event_id, 'booking.refunded',
             jsonb_build_object(
               'refund_id', refund_id, 'amount_minor', amount_minor, 'currency', 'INR',
               'reason', reason, 'done_at', created_at),
             created_at, created_at
        FROM refund_rows)`,
    tests: BOOKING_TESTS,
  }),
  mutant("dead endpoints take all that can be sent to", {
    in: "webhook_deliveries/MAX_LANES",
    find: "= 50;",
    replace: "= 10;",
    tests: DELIVERY_TESTS,
  }),
  mutant("a process goes back to an older position of the feed", {
    in: "claimLane",
    find: "AND change = ${change}",
    tests: FACT_TESTS,
  }),
  mutant("organisers see the webhooks of others", {
    in: "findManagedWebhook",
    find: "organisations: readable(admin)",
    replace: "organisations: undefined",
    tests: ROUTE_TESTS,
  }),
  mutant("webhooks are counted without a lock", {
    in: "lockOrganisation",
    find: "FOR NO KEY UPDATE",
    tests: ROUTE_TESTS,
  }),
  mutant("a lease does not keep other processes away", {
    in: "leaseDeliveries",
    find: "SET due_at = ${leaseUntil}, attempts",
    replace: "SET attempts",
    tests: DELIVERY_TESTS,
  }),
  mutant("a late failure overwrites what another process found", {
    in: "recordAttempts",
    find: "(g.status = 'delivered' OR d.attempts = g.attempts)",
    replace: "true",
    tests: DELIVERY_TESTS,
  }),
  mutant("paused webhooks are sent to", {
    in: "leaseDeliveries",
    find: "w.status = 'active' AND",
    tests: DELIVERY_TESTS,
  }),
  mutant("an endpoint that is gone is not paused", {
    in: "recordAttempts",
    find: "WHEN t.is_gone THEN 'gone'",
    tests: DELIVERY_TESTS,
  }),
];
