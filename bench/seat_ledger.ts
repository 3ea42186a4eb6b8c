/**
 * `deno task bench:ledger`: measures what the seat ledger costs. Holds and sells batches of 250 seats with and without
 * ledger entries, in turns, on two events of one database. Needs `DATABASE_URL`.
 */
import type { Pool } from "@evently/shared/postgres";
import { percentile } from "./lib/http_load.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";

const BATCH = 250;
const ROUNDS = Number(Deno.env.get("BENCH_ROUNDS") ?? 300);
const WARM_UP_ROUNDS = 40;
const CAPACITY = 50_000_000;
const MIGRATIONS = "../migrations/events_db/";
/** The part of `transfer_seats` that writes the ledger entry. */
const RECORDING = /\n *PERFORM record_transfer\([^;]*;/;
const VERBS = ["hold_seats", "commit_seats"] as const;

type Verb = typeof VERBS[number];
type Kind = "with" | "without";

await using databases = await createBenchDatabases();
const sql = databases.pool("events_db");
await addFunctionsWithoutLedger(sql);
const events: Record<Kind, string> = {
  with: await createEvent(sql, CAPACITY),
  without: await createEvent(sql, CAPACITY),
};
const latenciesMs = new Map<string, number[]>();
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
  const order: Kind[] = round % 2 === 0 ? ["with", "without"] : ["without", "with"];
  for (const kind of order) await measureBatch(kind, round >= 0);
}
for (const verb of VERBS) {
  const [slow, fast] = [summary(verb, "with"), summary(verb, "without")];
  print(
    `${verb} of ${BATCH}: median ${slow.p50.toFixed(2)} ms with the ledger, ${
      fast.p50.toFixed(2)
    } ms ` +
      `without: ${(slow.p50 / fast.p50).toFixed(2)} x; means ${
        (slow.mean / fast.mean).toFixed(2)
      } x`,
  );
}

async function addFunctionsWithoutLedger(pool: Pool): Promise<void> {
  const transfer = await functionSource("0004_seat_ledger.up.sql", "transfer_seats");
  if (!RECORDING.test(transfer)) throw new Error("Cannot find where transfer_seats records");
  const sources = [transfer.replace(RECORDING, "")];
  for (const verb of VERBS) sources.push(await functionSource("0005_seat_operations.up.sql", verb));
  for (const source of sources) {
    await pool.unsafe(
      source.replaceAll(/\b(transfer_seats|hold_seats|commit_seats)\b/g, "$1_without_ledger"),
    );
  }
}

async function functionSource(migration: string, name: string): Promise<string> {
  const sql = await Deno.readTextFile(new URL(MIGRATIONS + migration, import.meta.url));
  const source = sql.match(new RegExp(`CREATE FUNCTION ${name}\\([\\s\\S]*?\\nEND \\$\\$;`))?.[0];
  if (!source) throw new Error(`Cannot find ${name} in ${migration}`);
  return source;
}

async function measureBatch(kind: Kind, counted: boolean): Promise<void> {
  const ids = Array.from({ length: BATCH }, () => crypto.randomUUID());
  const ones = ids.map(() => 1);
  const expiry = new Date(Date.now() + 3_600_000).toISOString();
  const expiries = ids.map(() => expiry);
  const statements: Record<Verb, () => PromiseLike<unknown>> = {
    hold_seats: () =>
      sql`
        SELECT * FROM ${sql(nameOf("hold_seats", kind))}(
          ${events[kind]}, ${ids}::uuid[], ${ones}::integer[], ${expiries}::timestamptz[], 'public',
          false, now(), NULL, NULL, NULL)`,
    commit_seats: () =>
      sql`SELECT * FROM ${sql(nameOf("commit_seats", kind))}(${
        events[kind]
      }, ${ids}::uuid[], now(), NULL)`,
  };
  for (const verb of VERBS) {
    const begunMs = performance.now();
    await statements[verb]();
    if (!counted) continue;
    const name = nameOf(verb, kind);
    latenciesMs.set(name, [...latenciesMs.get(name) ?? [], performance.now() - begunMs]);
  }
}

function nameOf(verb: Verb, kind: Kind): string {
  return kind === "with" ? verb : `${verb}_without_ledger`;
}

function summary(verb: Verb, kind: Kind): { p50: number; mean: number } {
  const samples = latenciesMs.get(nameOf(verb, kind)) ?? [];
  const mean = samples.reduce((sum, ms) => sum + ms, 0) / samples.length;
  return { p50: percentile(Float64Array.from(samples).sort(), 0.5), mean };
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
