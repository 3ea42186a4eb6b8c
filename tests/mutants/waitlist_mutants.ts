import type { Mutant } from "./mutate.ts";

const RULE_TESTS = "services/booking/waitlist/decide_offers_test.ts";
const WHY_TESTS = "services/booking/waitlist/why_test.ts";
const POSITION_TESTS = "services/booking/waitlist/positions_test.ts";
const SERVE_TESTS = "services/booking/waitlist/serve_waitlist_test.ts";
const QUEUE_TESTS = "services/booking/waitlist/serve_queues_test.ts";
const STEP_TESTS = "services/booking/waitlist/steps_test.ts";
const STORE_TESTS = "tests/conformance/waitlist/cases_test.ts";
const STORE_RACE_TESTS = "services/booking/waitlist/postgres_store_test.ts";
const MEET_TESTS = "services/booking/waitlist/meet_offer_test.ts";
const OFFER_TESTS = "services/booking/waitlist/offers_test.ts";
const ROUTE_TESTS = "services/booking/waitlist/routes_test.ts";
const JOIN_TESTS = "services/booking/waitlist/join_waitlist_test.ts";
const STEAL_TESTS = "tests/races/waitlist/steal_test.ts";
const ORGANISER_TESTS = "services/event/waitlist/routes_test.ts";

/** A defect of the waitlist; `replace` is empty unless given. */
function mutant(
  name: string,
  { tests, ...edit }: { in: string; find: string; replace?: string; tests: string[] },
): Mutant {
  return { name: `waitlist: ${name}`, edits: [{ replace: "", ...edit }], tests };
}

/** A defect of the rule by which offers are decided. */
function rule(name: string, edit: { in: string; find: string; replace?: string }): Mutant {
  return mutant(name, { ...edit, tests: [RULE_TESTS] });
}

/** A defect of what Redis tells of positions. */
function positions(name: string, edit: { in: string; find: string; replace?: string }): Mutant {
  return mutant(name, { ...edit, tests: [POSITION_TESTS] });
}

/** A defect that strangers notice who ask for seats while these come back. */
function theft(
  name: string,
  edits: readonly { in: string; find: string; replace?: string }[],
): Mutant {
  return {
    name: `waitlist: races: ${name}`,
    edits: edits.map((edit) => ({ replace: "", ...edit })),
    tests: [STEAL_TESTS],
  };
}

/** Defects of the waitlist: who is served, what they are told, and where in line they are. */
export const WAITLIST_MUTANTS: readonly Mutant[] = [
  mutant("a process that has no list of offers asks about none", {
    in: "OfferHolders",
    find: "|| !this.#isFresh()",
    tests: [MEET_TESTS],
  }),
  mutant("a process goes on with an old list of offers", {
    in: "OfferHolders",
    find: "&& ageMs <= MAX_LIST_AGE_MS",
    tests: [MEET_TESTS],
  }),
  mutant("a process takes a full list of events for all of them", {
    in: "OfferHolders",
    find: "|| this.#isFull",
    tests: [MEET_TESTS],
  }),
  mutant("a refused repetition does not look for the offer that its key met", {
    in: "existing_reservation/findEarlier",
    find: "return own ?? (offers.hasEvent(eventId) ? await offers.findBound(wanted) : undefined);",
    replace: "return own;",
    tests: [MEET_TESTS],
  }),
  mutant("an offer is met before every process can know of its event", {
    in: "openOffersOver",
    find: "if (knownInMs >= 0) await pause(Math.min(knownInMs, MAX_LIST_AGE_MS) + 1);",
    tests: [MEET_TESTS],
  }),
  mutant("a key is bound to an offer while seats are held for it", {
    in: "openOffersOver",
    find: "return await unlessHeld(booking, wanted);",
    replace: "return asWanted(booking, lines);",
    tests: [MEET_TESTS],
  }),
  mutant("a repeated request gets an offer while seats are held for its key", {
    in: "openOffersOver",
    find: "if (bound) return await unlessHeld(bound, wanted);",
    replace: "if (bound) return bound;",
    tests: [MEET_TESTS],
  }),
  mutant("a key that met an offer elsewhere keeps the seats that it got", {
    in: "bookUnlessBound",
    find: "if (bound) {",
    replace: "if (bound?.bookingId === bookingId) {",
    tests: [MEET_TESTS],
  }),
  mutant("an offer that is made while its user leaves is told to be in payment", {
    in: "booking/leaveWaitlist",
    find: 'offered?.booking.status === "confirming"',
    replace: "offered",
    tests: [OFFER_TESTS],
  }),
  mutant("seats stay set aside in the minutes in which no offer is made", {
    in: "closeEnded",
    find: "startsSoon(supply, now)",
    replace: "false",
    tests: [QUEUE_TESTS],
  }),
  mutant("the time to gather goes on while nothing is left", {
    in: "createQueueRuns",
    find: "if (!mayOffer(supply, clock.now())) await stopGathering(deps, eventId);",
    tests: [QUEUE_TESTS],
  }),
  mutant("a line that nobody can be served of is read as often as a short one", {
    in: "createQueueRuns",
    find: "Math.max(REST_MS, read / MAX_READ_PER_S * 1_000)",
    replace: "REST_MS",
    tests: [QUEUE_TESTS],
  }),
  mutant("the time to gather goes on for one who is not read", {
    in: "serve_waitlist/decideFrom",
    find: "behind.length > 0",
    replace: "false",
    tests: [SERVE_TESTS],
  }),
  mutant("an entry is closed because the rules of its type changed", {
    in: "finishOffers",
    find: "await withoutStale(deps, { eventId, takenBack })",
    replace: "takenBack",
    tests: [QUEUE_TESTS],
  }),
  rule("a group is passed beyond the rule", {
    in: "EntriesAhead",
    find: "lost === 0 || (kept >= mostPassed + lost && lost <= mayStillPass)",
    replace: "kept >= 0",
  }),
  rule("a group is passed by more than it waits for", {
    in: "EntriesAhead",
    find: "&& lost <= mayStillPass",
  }),
  rule("what went past a group before is forgotten", {
    in: "EntriesAhead",
    find: "Math.max(group.mostPassed, passed)",
    replace: "group.mostPassed",
  }),
  rule("what goes past a group in a round is not counted", {
    in: "EntriesAhead",
    find: "group.mostPassed += seats;",
  }),
  rule("only the first of those ahead is asked", {
    in: "EntriesAhead",
    find: "Math.max(group.mostPassed, passed)",
    replace: "group.entryIds.length > 1 ? group.mostPassed : passed",
  }),
  rule("a later entry is served before one that fits", {
    in: "decideOffers",
    find: "for (const entry of entries) {",
    replace: "for (const entry of entries.toReversed()) {",
  }),
  rule("seats are gathered for ever", {
    in: "decideOffers",
    find: "const isOverdue = until !== undefined && until <= now;",
    replace: "const isOverdue = false;",
  }),
  rule("an entry whose time is over still holds others up", {
    in: "decideOffers",
    find: "const mayKeep = !isOverdue && !isStandingBack(entry, now);",
    replace: "const mayKeep = !isStandingBack(entry, now);",
  }),
  rule("an entry that stands back still holds others up", {
    in: "decideOffers",
    find: "const mayKeep = !isOverdue && !isStandingBack(entry, now);",
    replace: "const mayKeep = !isOverdue;",
  }),
  rule("offers are made while the event begins", {
    in: "decideOffers",
    find: "|| startsSoon(supply, now)",
  }),
  rule("any number of offers is made at once", {
    in: "decideOffers",
    find: "if (offers.length === MAX_OFFERS) break;",
  }),
  rule("a last offer that lapses ends the entry", {
    in: "findLastOffer",
    find: "isLast: true",
    replace: "isLast: false",
  }),
  rule("a last offer is smaller than an order may be", {
    in: "findLastOffer",
    find: "fewest: type.minPerOrder",
    replace: "fewest: 1",
  }),
  rule("a last offer is of the type that least are left of", {
    in: "findLastOffer",
    find: "seatsOf(b.type, seats) - seatsOf(a.type, seats)",
    replace: "seatsOf(a.type, seats) - seatsOf(b.type, seats)",
  }),
  rule("the last preferred type is offered first", {
    in: "findOffer",
    find: "for (const want of wants) {",
    replace: "for (const want of wants.toReversed()) {",
  }),
  rule("those who want all are offered fewer", {
    in: "wantsOf",
    find: "Math.max(minQuantity, type.minPerOrder)",
    replace: "type.minPerOrder",
  }),
  rule("the smallest order of a type is ignored", {
    in: "wantsOf",
    find: "Math.max(minQuantity, type.minPerOrder)",
    replace: "minQuantity",
  }),
  rule("the largest order of a type is ignored", {
    in: "wantsOf",
    find: "Math.min(quantity, type.largestOrder)",
    replace: "quantity",
  }),
  rule("only the first pool of a type is looked at", {
    in: "supply/seatsOf",
    find: "return pools.reduce(",
    replace: "return pools.slice(0, 1).reduce(",
  }),
  rule("an offer takes seats of the first pool only", {
    in: "supply/without",
    find: "pools.forEach(",
    replace: "pools.slice(0, 1).forEach(",
  }),
  rule("a paused type is offered", { in: "supply/isOffered", find: `&& status === "active"` }),
  rule("a type is offered after its sale", {
    in: "supply/isOffered",
    find: "&& !(salesEnd && salesEnd <= now)",
  }),
  rule("an offer outlasts the sale", {
    in: "decide_offers/offerOf",
    find: "...(salesEnd ? [salesEnd] : [])",
  }),
  rule("an offer has the id of the one before", {
    in: "decide_offers/offerOf",
    find: "round + 1",
    replace: "round",
  }),
  rule("the time of gathering goes on without seats", {
    in: "gatheringOf",
    find: "notGathering.push(entry.entryId);",
    replace: "entry.entryId;",
  }),
  rule("each group of a line begins to gather with the first seat", {
    in: "EntriesAhead",
    find: "return isStricter;",
    replace: "return true;",
  }),
  rule("a stricter group behind another never begins to gather", {
    in: "EntriesAhead",
    find: "passed > group.mostPassed || mayStillPass < group.mayStillPass",
    replace: "group.entryIds.length === 0",
  }),
  rule("the end of the line is not looked at while seats are kept", {
    in: "decideOffers",
    find: "mostThatMayPass(leastOf(type), seats, ahead) === 0",
    replace: "ahead !== undefined",
  }),
  rule("seats are gathered for half a day right before the event", {
    in: "gatherMsOf",
    find: "Math.min(MAX_GATHER_MS, Math.max(MIN_GATHER_MS, part))",
    replace: "Math.max(MAX_GATHER_MS, MIN_GATHER_MS, part)",
  }),
  mutant("a group is told that others are first while seats are gathered for it", {
    in: "whyWaiting",
    find: "(isEnough ? undefined : whyTooFew(entry, best, { supply, now })) ??",
    tests: [WHY_TESTS],
  }),
  mutant("a paused waitlist gives no reason", {
    in: "whyWaiting",
    find: `if (state.queue?.pausedAt) return { code: "PAUSED" };`,
    tests: [WHY_TESTS],
  }),
  positions("sets are complete though Redis was wiped during the rebuild", {
    in: "PositionSets",
    find: "return completed === true;",
    replace: "return completed !== undefined;",
  }),
  positions("who leaves during a rebuild stays in the sets", {
    in: "Positions",
    find: "await this.#sets.remove([...left.values()])",
    replace: "true",
  }),
  positions("a change that Redis did not take is forgotten", {
    in: "Positions",
    find: "for (const id of ticketTypeIds) if (stale.size < MAX_STALE_TYPES) stale.add(id);",
  }),
  positions("sets whose size differs are never rebuilt", {
    in: "Positions",
    find: `if (state.difference === "" || state.difference !== before) return false;`,
    replace: "if (before !== undefined) return false;",
  }),
  mutant("the id of an offer lacks its round", {
    in: "offerIdOf",
    find: "deriveId(ENTRY_NAMESPACE, entryId, String(round))",
    replace: "deriveId(ENTRY_NAMESPACE, entryId, String(round * 0))",
    tests: [SERVE_TESTS],
  }),
  mutant("an offer outlasts the event's start", {
    in: "decide_offers/offerOf",
    find: "[end, startsAt, ",
    replace: "[end, ",
    tests: [SERVE_TESTS],
  }),
  mutant("a list is closed without asking whether anybody waits", {
    in: "closeIdleLists",
    find: "if (!await waitlist.hasWaiting({ eventId, ticketTypeId })) ",
    tests: [QUEUE_TESTS],
  }),
  mutant("a list is closed while an offer may bring its entry back", {
    in: "queues_sql/hasWaiting",
    find: "AND (w.status <> 'offered' OR w.offer_is_last OR w.offer_quantity < w.quantity)",
    replace: "AND w.status <> 'offered'",
    tests: [QUEUE_TESTS],
  }),
  mutant("a queue is closed while a join may be under way", {
    in: "queues_sql/closeQueue",
    find: "OR seen.joined_at < ${joinedBefore})",
    replace: "OR seen.joined_at < ${joinedBefore} OR true)",
    tests: [QUEUE_TESTS],
  }),
  mutant("an offer that is refused for want of seats ends its entry", {
    in: "refusedFate",
    find: "return fate;",
    replace: `return { ...fate, closes: "types_ended" };`,
    tests: [STEP_TESTS],
  }),
  mutant("a worker that was too late releases the seats of an offer that was made", {
    in: "releaseUnbooked",
    find: "ids.has(offerId) ? [] : [offerId]",
    replace: "[offerId]",
    tests: [STEP_TESTS],
  }),
  mutant("seats stay held for a user who left while they were being held", {
    in: "finish_offers/make",
    find: "await releaseUnbooked(deps, { eventId: first.entry.eventId, offerings: gone });",
    tests: [STEP_TESTS],
  }),
  mutant("an offer that lay about is made with what is left of its time", {
    in: "splitLate",
    find: "isShort(one) && (leftMs(one) <= 0 || !endsWithSale(one))",
    replace: "leftMs(one) <= 0",
    tests: [QUEUE_TESTS],
  }),
  mutant("a reservation does not meet the offer of its user", {
    in: "holdAndBook",
    find: "if (deps.offers.hasEvent(input.eventId)) {",
    replace: "if (input.eventId === bookingId) {",
    tests: [MEET_TESTS],
  }),
  mutant("a refused reservation does not meet the offer of its user", {
    in: "existingBookingOrRefuse",
    find: "if (offered) return offered;",
    tests: [MEET_TESTS],
  }),
  mutant("a key of an earlier order takes an offer", {
    in: "openOffersOver",
    find: "if (earlier) return earlier;",
    tests: [MEET_TESTS],
  }),
  mutant("an offer is taken for another ticket type", {
    in: "openOffersOver",
    find: "if (!await isOfType(deps, { offer, eventId, ticketTypeId })) return undefined;",
    tests: [MEET_TESTS],
  }),
  mutant("passes of an offer that could not be made stay counted", {
    in: "decide_sql/takeBack",
    find: "passed = greatest(0, w.passed - c.seats),",
    replace: "passed = w.passed,",
    tests: [STORE_TESTS],
  }),
  mutant("a decision is taken at any version", {
    in: "decide_sql/decide",
    find: "AND q.version = ${version}",
    tests: [STORE_TESTS],
  }),
  mutant("a decision is taken though one of its entries has ended", {
    in: "decide_sql/decide",
    find: "AND agreed.offers = ${offers.length}",
    tests: [STORE_TESTS],
  }),
  mutant("a decision is taken while the list is paused", {
    in: "decide_sql/decide",
    find: "AND q.paused_at IS NULL",
    tests: [STORE_TESTS],
  }),
  mutant("an offer that lapses leaves its entry offered", {
    in: "end_sql/expireDue",
    find: ', ${endedOffers(sql, { end: "lapsed", now })}',
    tests: [STORE_TESTS],
  }),
  mutant("an offer whose booking is cancelled leaves its entry offered", {
    in: "end_sql/cancelFrom",
    find: ', ${endedOffers(sql, { end: "declined", now })}',
    tests: [STORE_TESTS],
  }),
  mutant("an offer whose payment is declined too late leaves its entry offered", {
    in: "confirm_sql/declinePayment",
    find: ', ${endedOffers(sql, { end: "lapsed", now })}',
    tests: [STORE_TESTS],
  }),
  mutant("a booking that lives on ends its offer", {
    in: "isOfferOf",
    find: "AND b.status IN ('cancelled', 'expired')",
    tests: [STORE_TESTS],
  }),
  mutant("a confirmed offer leaves its entry offered", {
    in: "complete_confirmations",
    find: "FOR i IN 1 .. cardinality(entry_ids) LOOP",
    replace: "FOR i IN 1 .. 0 LOOP",
    tests: [STORE_TESTS],
  }),
  mutant("a last offer that is let go ends its entry", {
    in: "endedOffers",
    find: "sql`(w.offer_is_last OR ${isBackForAll})`",
    replace: "isBackForAll",
    tests: [STORE_TESTS],
  }),
  mutant("a declined offer of fewer ends its entry", {
    in: "endedOffers",
    find: "sql`(w.offer_is_last OR ${isBackForAll})`",
    replace: "sql`w.offer_is_last`",
    tests: [STORE_TESTS],
  }),
  mutant("an offer of fewer that lapses brings its entry back", {
    in: "endedOffers",
    find: "sql`(${isDeclined} AND NOT w.offer_is_last AND w.offer_quantity < w.quantity)`",
    replace: "sql`(NOT w.offer_is_last AND w.offer_quantity < w.quantity)`",
    tests: [STORE_TESTS],
  }),
  mutant("an entry that comes back does not move the version", {
    in: "endedOffers",
    find: "SET version = q.version + 1",
    replace: "SET version = q.version",
    tests: [STORE_TESTS],
  }),
  mutant("an offer is claimed after its end", {
    in: "change_sql/claim",
    find: "AND b.expires_at > ${now}",
    tests: [STORE_TESTS],
  }),
  mutant("an offer that ended is claimed", {
    in: "change_sql/claim",
    find:
      "AND ((b.status = 'pending' AND b.payment_status NOT IN ('requires_action', 'processing')) OR (b.status IN ('pending', 'confirming') AND ${offered} = ${quantity}))",
    tests: [STORE_RACE_TESTS],
  }),
  mutant("what is being paid for becomes less", {
    in: "change_sql/claim",
    find: "AND b.payment_status NOT IN ('requires_action', 'processing')",
    tests: [STORE_TESTS],
  }),
  mutant("a key takes an offer that another was bound to", {
    in: "change_sql/claim",
    find: "AND c.offer_id <> w.offer_id",
    replace: "AND false",
    tests: [STORE_TESTS],
  }),
  mutant("an entry leaves though its booking is being confirmed", {
    in: "change_sql/leave",
    find: "OR (w.status = 'offered' AND w.offer_id = b.booking_id)",
    replace: "OR w.status = 'offered'",
    tests: [STORE_TESTS],
  }),
  mutant("a queue is closed though somebody has just joined", {
    in: "queues_sql/closeQueue",
    find: "AND q.last_place = idle.last_place",
    tests: [STORE_RACE_TESTS],
  }),
  mutant("of two releases in one delivery the larger rest is kept", {
    in: "outbox/allocationsOf",
    find: "Math.min(keep, kept.get(allocationId) ?? keep)",
    replace: "Math.max(keep, kept.get(allocationId) ?? keep)",
    tests: ["services/booking/outbox/outbox_test.ts"],
  }),
  mutant("who can buy instead keeps a place", {
    in: "driveJoins",
    find: "if (refused.length > 0) await waitlist.turnAway({ eventId, entryIds: refused });",
    tests: [ROUTE_TESTS],
  }),
  mutant("an event that went on sale is unknown for a second", {
    in: "supplyOf",
    find: "known?.isOnSale ? known : await facts.newestSupply(eventId)",
    replace: "known",
    tests: [JOIN_TESTS],
  }),
  mutant("an entry can want more than before", {
    in: "lessOrThrow",
    find: `if (most > quantity) throw raised("quantity", quantity);`,
    tests: [ROUTE_TESTS],
  }),
  mutant("who has left still counts in line", {
    in: "endOffer",
    find: "deps.positions.remove([entry])",
    replace: "Promise.resolve()",
    tests: [ROUTE_TESTS],
  }),
  mutant("the seats of a declined offer wait for the outbox", {
    in: "endOffer",
    find: "await deps.seats.releasePromptly(seatsOf(booking));",
    tests: [OFFER_TESTS],
  }),
  mutant("an offer that has ended is shown", {
    in: "viewOffered",
    find: "now: clock.now()",
    replace: "now: new Date(0)",
    tests: [OFFER_TESTS],
  }),
  mutant("an organiser sees who waits for another one's event", {
    in: "event/waitlist/list_waitlist/listWaitlist",
    find: "await findManagedEvent({ sql }, { admin, eventId });",
    tests: [ORGANISER_TESTS],
  }),
  theft("a stranger is sold what is set aside", [
    {
      in: "hold_seats",
      find: "available := coalesce(inv.capacity - inv.held - inv.sold - inv.set_aside, 0);",
      replace: "available := coalesce(inv.capacity - inv.held - inv.sold, 0);",
    },
    {
      in: "hold_seats",
      find: "'hold', 'available', 'held', total_seats",
      replace:
        "'hold', CASE WHEN inv.set_aside >= total_seats THEN 'set_aside' ELSE 'available' END, 'held', total_seats",
    },
  ]),
  theft("a stranger's reservation takes somebody's offer", [
    {
      in: "change_sql/claim",
      find: "w.user_id = ${userId} AND w.event_id",
      replace: "w.event_id",
    },
    {
      in: "entries_sql/findOffered",
      find: "w.user_id = ${userId} AND w.event_id",
      replace: "w.event_id",
    },
    { in: "OfferHolders", find: "users.has(userId)", replace: "users.size > 0" },
  ]),
  theft("a release sets nothing aside", [{
    in: "release_seats",
    find:
      "IF inv.waitlist_open AND released <> '{}' THEN inv := settle_set_aside(p_event_id); END IF;",
  }]),
  theft("a raised capacity sets nothing aside", [{
    in: "resize_pool",
    find: "IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;",
  }]),
  theft("a list opens without its seats", [{
    in: "open_waitlists",
    find: "house := settle_set_aside(p_event_id);",
  }]),
  theft("a later entry is served before one that fits", [{
    in: "decideOffers",
    find: "for (const entry of entries) {",
    replace: "for (const entry of entries.toReversed()) {",
  }]),
  theft("a worker that was too late releases the seats of an offer that was made", [{
    in: "releaseUnbooked",
    find: "ids.has(offerId) ? [] : [offerId]",
    replace: "[offerId]",
  }]),
];
