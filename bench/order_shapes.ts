/**
 * `deno task bench:shapes`: measures orders per second on one hot event for each shape of what is sold: the default
 * type alone, a type that shares a pool, three types in one rush, a limit a buyer, orders of two lines. The shapes take
 * turns on one platform, and the report has the median ratio of each to the plain event, and its processor time an
 * order. Counts the bookings that are stored. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne } from "@evently/shared/postgres";
import { type CpuSources, readCpuTimes, spentEach } from "./lib/cpu.ts";
import { startPlatform } from "./lib/platform.ts";
import { runPosts } from "./lib/post_load.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueTokens } from "./lib/tokens.ts";

const IN_FLIGHT = [64, 256];
const ROUNDS = setting("BENCH_ROUNDS", 9);
const DURATION_MS = setting("BENCH_DURATION_MS", 2_000);
const HEAT_UP_MS = 4_000;
const CAPACITY = 50_000_000;
const USERS = 2_000;
/** A limit that no buyer of this run reaches. */
const HIGH_LIMIT = 1_000_000;

/** What an order of a shape asks for, beside event and key. */
type Wish = { quantity: number } | { lines: { ticket_type_id: string; quantity: number }[] };

interface Shape {
  name: string;
  eventId: string;
  /** Taken in turn by the orders of a load. */
  wishes: Wish[];
}

/** What one load of a shape took. */
interface Measured {
  /** Stored orders per second. */
  rate: number;
  /** Processor time an order, by part. */
  spentUs: Map<string, number>;
}

/** A ticket type of a bench: the further pools that it draws on, by their place from 1. */
interface TypeSpec {
  pools: number[];
  maxPerBuyer?: number;
}

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const bookings = databases.pool("bookings_db");
const tokens = await issueTokens(USERS);
const shapes: Shape[] = [
  { name: "plain", eventId: await createEvent(events, CAPACITY), wishes: [{ quantity: 1 }] },
  await shape("one shared pool", { types: [{ pools: [1] }] }),
  await shape("three types", { types: [{ pools: [1] }, { pools: [2] }, { pools: [1, 3] }] }),
  await shape("limit a buyer", { types: [{ pools: [], maxPerBuyer: HIGH_LIMIT }] }),
  await shape("two lines", { types: [{ pools: [1] }, { pools: [2] }], linesEach: 2 }),
];
await using platform = await startPlatform(databases);
const cpu: CpuSources = {
  pid: platform.pid,
  pool: bookings,
  databases: new Map([
    [databases.name("events_db"), "events_db"],
    [databases.name("bookings_db"), "bookings_db"],
  ]),
};
for (const each of shapes) await load(each, { inFlight: 64, durationMs: HEAT_UP_MS });
for (const inFlight of IN_FLIGHT) {
  const results = new Map<Shape, Measured[]>(shapes.map((each) => [each, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? shapes : shapes.toReversed();
    for (const each of order) results.get(each)!.push(await measure(each, inFlight));
  }
  const plain = results.get(shapes[0]!)!;
  for (const [each, measured] of results) {
    const ratios = measured.map(({ rate }, round) => rate / plain[round]!.rate);
    print(
      `${String(inFlight).padStart(3)} in flight, ${each.name}: ` +
        `${median(measured.map(({ rate }) => rate)).toFixed(0)} orders/s, ${
          median(ratios).toFixed(3)
        } of the plain event ` +
        `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    );
    const parts = [...measured[0]!.spentUs.keys()].map((part) =>
      `${part} ${median(measured.map(({ spentUs }) => spentUs.get(part) ?? 0)).toFixed(0)} µs`
    );
    print(`    processor time an order: ${parts.join(", ")}`);
  }
}

/** An event with a pool for each number that its types name, and orders of `linesEach` of its types. */
async function shape(
  name: string,
  { types, linesEach = 1 }: { types: TypeSpec[]; linesEach?: number },
): Promise<Shape> {
  const eventId = await createEvent(events, CAPACITY);
  const poolCount = Math.max(0, ...types.flatMap(({ pools }) => pools));
  for (let pool = 1; pool <= poolCount; pool++) {
    const poolId = crypto.randomUUID();
    await events`SELECT make_pool(${eventId}, ${poolId}, ${`Pool ${pool}`}, ${CAPACITY})`;
  }
  const ids: string[] = [];
  for (const [i, { pools, maxPerBuyer }] of types.entries()) {
    const ticketTypeId = crypto.randomUUID();
    const drawn = [0, ...pools];
    await events`
      INSERT INTO ticket_types
        (event_id, type, ticket_type_id, name, position, kind, price_minor, pools, units, max_per_buyer, created_at,
         updated_at)
      VALUES
        (${eventId}, ${i + 1}, ${ticketTypeId}, ${`Type ${i + 1}`}, ${i + 1}, 'paid', 50000,
         ${drawn}::integer[]::smallint[], ${drawn.map(() => 1)}::integer[], ${
      maxPerBuyer ?? null
    }, now(), now())`;
    ids.push(ticketTypeId);
  }
  await events`SELECT refresh_plain(${eventId})`;
  const wishes = ids.map((_, first): Wish => ({
    lines: Array.from({ length: linesEach }, (_, n) => ({
      ticket_type_id: ids[(first + n) % ids.length]!,
      quantity: 1,
    })),
  }));
  return { name, eventId, wishes };
}

async function measure(each: Shape, inFlight: number): Promise<Measured> {
  const before = await stored(each.eventId);
  const cpuBefore = await readCpuTimes(cpu);
  const { accepted, refused, elapsedMs } = await load(each, { inFlight, durationMs: DURATION_MS });
  const durable = await stored(each.eventId) - before;
  mustHold(durable >= accepted, `${accepted} accepted, but only ${durable} are stored`);
  mustHold(refused === 0, `${refused} orders of "${each.name}" were refused`);
  const cpuAfter = await readCpuTimes(cpu);
  return {
    rate: durable / elapsedMs * 1_000,
    spentUs: new Map(spentEach(cpuBefore, cpuAfter, durable)),
  };
}

function load(
  { eventId, wishes }: Shape,
  { inFlight, durationMs }: { inFlight: number; durationMs: number },
) {
  const run = crypto.randomUUID();
  return runPosts({
    port: platform.port,
    inFlight,
    durationMs,
    path: "/api/booking/bookings/reserve",
    tokens,
    bodies: wishes.map((wish) => (n) => ({
      event_id: eventId,
      idempotency_key: `${run}-${n}`,
      ...wish,
    })),
  });
}

function stored(eventId: string): Promise<number> {
  return exactlyOne(
    bookings<{ count: number }[]>`SELECT count(*) FROM bookings WHERE event_id = ${eventId}`,
    ({ count }) => count,
  );
}
