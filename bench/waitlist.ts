/**
 * `deno task bench:waitlist`: 40,000 people join the waitlist of one sold-out event, ask for their position and are
 * offered seats that come back; joins, positions and offers of the first thousand are compared with those of the last
 * thousand. Entries, places, offers and their order are counted in the database. Then reservations and cancellations on
 * an event with an open waitlist are compared with those on one without. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne } from "@evently/shared/postgres";
import { mustAddUp } from "./lib/exact.ts";
import { bareBytes, percentile, postBytes } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { runSeries, type SeriesResult } from "./lib/series.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { type BenchUser, issueUsers } from "./lib/tokens.ts";

const PEOPLE = setting("BENCH_PEOPLE", 40_000);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
/** Single seats that come back while the whole list waits, and again while its end waits. */
const RELEASES = setting("BENCH_RELEASES", 300);
const ROUNDS = setting("BENCH_ROUNDS", 9);
/** Reservations of one round of the comparison, each of which is cancelled again. */
const BUYERS = setting("BENCH_BUYERS", 3_000);
/** How many are first, and last. */
const PART = Math.min(1_000, Math.floor(PEOPLE / 2));
const WARM_UP_PEOPLE = 3_000;
/** Entries of the waitlist beside which others buy. */
const WAITING_BESIDE = 1_000;
const POOL_SEATS = 10;
const CAPACITY = 1_000_000;
/** Nothing that is held or offered may end by itself during the run. */
const HOLD = "2h";
const OFFERS_TIMEOUT_MS = 300_000;
const POLL_MS = 1;

const JOIN = "/api/booking/waitlist/join";

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const bookings = databases.pool("bookings_db");
const people = await issueUsers(PEOPLE);
const holders = await issueUsers(2 * RELEASES);
await using platform = await startPlatform(databases, {
  BOOKING_RESERVATION_EXPIRY: HOLD,
  BOOKING_WAITLIST_OFFER_DURATION: HOLD,
});

await warmUp();
const eventId = await createEvent(events, holders.length);
const held = await reserveEach(eventId, holders);
await measureJoins();
await measurePositions();
await measureReleases("of the whole list", 0);
await measureManyOffers();
await measureReleases("of the end of the list", PEOPLE - RELEASES);
await mustBeServedInOrder();
await mustAddUp(databases);
await compareWithWaitlist();
await mustAddUp(databases);

/** Everything once on another event, so that the code is compiled. */
async function warmUp(): Promise<void> {
  const warmEvent = await createEvent(events, 1);
  const [holder] = await issueUsers(1) as [BenchUser];
  const [bookingId] = await reserveEach(warmEvent, [holder]);
  const users = await issueUsers(WARM_UP_PEOPLE);
  await series(users.length, (n) => joinRequest(users[n]!, warmEvent));
  await series(users.length, (n) => positionRequest(users[n]!, warmEvent));
  await series(1, () => cancelRequest(holder, bookingId!));
}

async function measureJoins(): Promise<void> {
  const joined = await series(PEOPLE, (n) => joinRequest(people[n]!, eventId));
  const { entries, places, last } = await exactlyOne(
    bookings<{ entries: number; places: number; last: number }[]>`
      SELECT count(*) AS entries, count(DISTINCT place) AS places, max(place) AS last
        FROM waitlist_entries WHERE event_id = ${eventId} AND status = 'waiting'`,
    (row) => row,
  );
  mustHold(
    entries === PEOPLE && places === PEOPLE && last === PEOPLE,
    `${PEOPLE} joined, but ${entries} wait at ${places} places up to ${last}`,
  );
  print(`${PEOPLE} joined at ${(PEOPLE / joined.elapsedMs * 1_000).toFixed(0)} a second`);
  compare("joining", joined.latenciesMs.slice(0, PART), joined.latenciesMs.slice(-PART));
}

/** The first and the last ask in turn; each must be told its place. */
async function measurePositions(): Promise<void> {
  const line = await bookings<{ user_id: string; place: number }[]>`
    SELECT user_id, place FROM waitlist_entries
     WHERE event_id = ${eventId} AND (place <= ${PART} OR place > ${PEOPLE - PART})
     ORDER BY place`;
  const byId = new Map(people.map((user) => [user.userId, user]));
  const asking = line.slice(0, PART).flatMap((first, i) => [first, line[PART + i]!]);
  let wrong = 0;
  const asked = await series(
    asking.length,
    (n) => positionRequest(byId.get(asking[n]!.user_id)!, eventId),
    (n, body) => {
      const { position, total_waiting } = body as { position: number; total_waiting: number };
      if (position !== asking[n]!.place || total_waiting !== PEOPLE) wrong++;
    },
  );
  mustHold(wrong === 0, `${wrong} people were told a wrong position`);
  compare(
    "asking for the position",
    asked.latenciesMs.filter((_, n) => n % 2 === 0),
    asked.latenciesMs.filter((_, n) => n % 2 === 1),
  );
}

/** Cancels bookings one at a time, and waits each time until the next in line has the offer. */
async function measureReleases(which: string, from: number): Promise<void> {
  const latenciesMs: number[] = [];
  const answersMs: number[] = [];
  for (let n = 0; n < RELEASES; n++) {
    const place = from + n + 1;
    const holder = from === 0 ? n : RELEASES + n;
    const begunMs = performance.now();
    const cancelled = runSeries({
      port: platform.port,
      count: 1,
      inFlight: 1,
      request: () => cancelRequest(holders[holder]!, held[holder]!),
    });
    await until(() => isOffered(place), `place ${place} was not offered the seat that came back`);
    latenciesMs.push(performance.now() - begunMs);
    const answered = await cancelled;
    mustBeOk(answered);
    answersMs.push(...answered.latenciesMs);
  }
  const sorted = Float64Array.from(latenciesMs).sort();
  print(
    `from a cancellation to the offer, ${which}: ${times(sorted)}, longest ${
      (sorted.at(-1) ?? NaN).toFixed(0)
    } ms, of ${RELEASES}; the cancellations were answered in ${
      times(Float64Array.from(answersMs).sort())
    }`,
  );
}

/** Raises the capacity for all but the end of the list: another process changed it, so the next round sees it. */
async function measureManyOffers(): Promise<void> {
  const seats = PEOPLE - 2 * RELEASES;
  const begunMs = performance.now();
  await events`SELECT resize_pool(${eventId}, 0::smallint, ${holders.length + seats})`;
  await until(() => isOffered(RELEASES + seats), `${seats} seats were not offered`);
  const elapsedMs = performance.now() - begunMs;
  print(`${seats} seats at once: ${(seats / elapsedMs * 1_000).toFixed(0)} offers a second`);
  const rounds = await roundsOf(RELEASES + 1, RELEASES + seats);
  const [first, last] = [msPerOffer(rounds), msPerOffer(rounds.slice(0, -1).toReversed())];
  print(
    `rounds of the first ${PART} took ${first.toFixed(2)} ms an offer, of the last ${PART} ${
      last.toFixed(2)
    } ms: ${(last / first).toFixed(2)} times as long`,
  );
}

/** Offers of one decision, and milliseconds until the next one. */
interface Round {
  offers: number;
  ms: number;
}

/** The rounds that served these places. */
async function roundsOf(from: number, to: number): Promise<Round[]> {
  return await bookings<Round[]>`
    SELECT count(*) AS offers,
           coalesce(extract(epoch FROM lead(offered_at) OVER (ORDER BY offered_at) - offered_at), 0)::float8 * 1000 AS ms
      FROM waitlist_entries
     WHERE event_id = ${eventId} AND place BETWEEN ${from} AND ${to}
     GROUP BY offered_at
     ORDER BY offered_at`;
}

/** Of as many rounds as made offers for the first, or last, of the line. */
function msPerOffer(rounds: readonly Round[]): number {
  let [offers, ms] = [0, 0];
  for (const round of rounds) {
    if (offers >= PART) break;
    offers += round.offers;
    ms += round.ms;
  }
  return ms / offers;
}

/** As many offers as seats came back, each once, of the first in line, in order. */
async function mustBeServedInOrder(): Promise<void> {
  const { offered, late, booked, rounds } = await exactlyOne(
    bookings<{ offered: number; late: number; booked: number; rounds: number }[]>`
      SELECT count(*) FILTER (WHERE status = 'offered') AS offered,
             count(*) FILTER (WHERE offered_at < before) AS late,
             max(round) AS rounds,
             (SELECT count(*) FROM bookings WHERE event_id = ${eventId} AND entry_id IS NOT NULL) AS booked
        FROM (SELECT status, offered_at, round, lag(offered_at) OVER (ORDER BY place) AS before
                FROM waitlist_entries WHERE event_id = ${eventId}) AS line`,
    (row) => row,
  );
  mustHold(
    offered === PEOPLE && booked === PEOPLE && rounds === 1,
    `${PEOPLE} seats came back: ${offered} are offered, ${booked} booked, in ${rounds} rounds`,
  );
  mustHold(late === 0, `${late} people were offered seats after somebody behind them`);
  print(`${PEOPLE} seats came back: ${offered} offers, each once, in the order of places`);
}

/** Reservations and cancellations of the same type, with and without people who wait for another type. */
async function compareWithWaitlist(): Promise<void> {
  const plain = await eventWithFullPool();
  const waitedFor = await eventWithFullPool();
  const waiting = people.slice(0, WAITING_BESIDE);
  await series(
    waiting.length,
    (n) => joinRequest(waiting[n]!, waitedFor.eventId, [waitedFor.fullTypeId]),
  );
  const buyers = await issueUsers(BUYERS);
  const rates = new Map([[plain, [] as number[]], [waitedFor, []]]);
  for (let round = 0; round <= ROUNDS; round++) {
    const order = round % 2 === 0 ? [plain, waitedFor] : [waitedFor, plain];
    for (const each of order) {
      const begunMs = performance.now();
      const ids = await reserveEach(each.eventId, buyers);
      await series(ids.length, (n) => cancelRequest(buyers[n]!, ids[n]!));
      // The first round heats the code up.
      if (round > 0) rates.get(each)!.push(2 * BUYERS / (performance.now() - begunMs) * 1_000);
    }
  }
  const [without, having] = [...rates.values()] as [number[], number[]];
  const ratios = having.map((rate, round) => rate / without[round]!);
  print(
    `reservations and cancellations: ${median(without).toFixed(0)} a second without a waitlist, ` +
      `${median(having).toFixed(0)} with one: ${median(ratios).toFixed(3)} ` +
      `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
}

/** An event that sells its default type, and another type whose pool is full. */
async function eventWithFullPool(): Promise<{ eventId: string; fullTypeId: string }> {
  const eventId = await createEvent(events, CAPACITY);
  const fullTypeId = crypto.randomUUID();
  await events`SELECT make_pool(${eventId}, ${crypto.randomUUID()}, 'Full', ${POOL_SEATS})`;
  await events`
    INSERT INTO ticket_types
      (event_id, type, ticket_type_id, name, position, kind, price_minor, pools, units, created_at, updated_at)
    VALUES
      (${eventId}, 1, ${fullTypeId}, 'Full', 1, 'paid', 50000, '{0,1}', '{1,1}', now(), now())`;
  await events`SELECT refresh_plain(${eventId})`;
  const [user] = await issueUsers(1) as [BenchUser];
  const line = { ticket_type_id: fullTypeId, quantity: POOL_SEATS };
  const body = { event_id: eventId, idempotency_key: crypto.randomUUID(), lines: [line] };
  await series(1, () => postBytes("/api/booking/bookings/reserve", user.token, body));
  return { eventId, fullTypeId };
}

/** One reservation for each user; returns their ids. */
async function reserveEach(event: string, users: readonly BenchUser[]): Promise<string[]> {
  const run = crypto.randomUUID();
  const ids: string[] = [];
  await series(
    users.length,
    (n) => reserveRequest(users[n]!, { eventId: event, key: `${run}-${n}` }),
    (n, body) => ids[n] = (body as { reservation_id: string }).reservation_id,
  );
  return ids;
}

/** Sends requests that must all succeed. */
async function series(
  count: number,
  request: (n: number) => Uint8Array,
  onAnswer?: (n: number, body: unknown) => void,
): Promise<SeriesResult> {
  const load = { port: platform.port, count, inFlight: Math.min(IN_FLIGHT, count), request };
  const result = await runSeries({ ...load, ...(onAnswer ? { onAnswer } : {}) });
  mustBeOk(result);
  return result;
}

function mustBeOk({ answers }: SeriesResult): void {
  mustHold([...answers.keys()].every((status) => status === 200), statuses(answers));
}

function joinRequest({ token }: BenchUser, event: string, ticketTypeIds?: string[]): Uint8Array {
  const types = ticketTypeIds ? { ticket_type_ids: ticketTypeIds } : {};
  return postBytes(JOIN, token, { event_id: event, quantity: 1, ...types });
}

function positionRequest({ token }: BenchUser, event: string): Uint8Array {
  return bareBytes("GET", `/api/booking/waitlist/position?event_id=${event}`, token);
}

function cancelRequest({ token }: BenchUser, bookingId: string): Uint8Array {
  return bareBytes("DELETE", `/api/booking/bookings/${bookingId}`, token);
}

function isOffered(place: number): Promise<boolean> {
  return exactlyOne(
    bookings<{ offered: boolean }[]>`
      SELECT status = 'offered' AS offered FROM waitlist_entries
       WHERE event_id = ${eventId} AND place = ${place}`,
    ({ offered }) => offered,
  );
}

async function until(holds: () => Promise<boolean>, breach: string): Promise<void> {
  const giveUpMs = performance.now() + OFFERS_TIMEOUT_MS;
  while (!await holds()) {
    mustHold(performance.now() < giveUpMs, breach);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function compare(what: string, first: Float64Array, last: Float64Array): void {
  const [one, other] = [first.sort(), last.sort()];
  const ratio = percentile(other, 0.5) / percentile(one, 0.5);
  print(
    `${what}: the first ${PART} ${times(one)}, the last ${PART} ${times(other)}: ` +
      `${ratio.toFixed(2)} times the median`,
  );
}

function times(sorted: Float64Array): string {
  return `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p99 ${
    percentile(sorted, 0.99).toFixed(1)
  } ms`;
}
