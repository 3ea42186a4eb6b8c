import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { createEmptyTestDatabase } from "../../testing/database.ts";
import { createMigrator, MigrationError, type Migrator } from "../mod.ts";

const SEATS = { up: "CREATE TABLE seats (id integer)", down: "DROP TABLE seats" };
const PRICES = { up: "CREATE TABLE prices (id integer)", down: "DROP TABLE prices" };

Deno.test("up() applies every migration once in order; status() reports when", async () => {
  await using history = await createHistory({ "0001_seats": SEATS, "0002_prices": PRICES });
  assert.deepEqual(await history.migrator.up(), ["0001_seats", "0002_prices"]);
  assert.deepEqual(await history.migrator.up(), []);
  assert.deepEqual(await history.tables(), ["prices", "seats"]);
  const status = await history.migrator.status();
  assert.deepEqual(status.map(({ name }) => name), ["0001_seats", "0002_prices"]);
  assert.ok(status.every(({ applied_at }) => applied_at instanceof Date));
});

Deno.test("down() reverts the last migration, or the given number", async () => {
  await using history = await createHistory({ "0001_seats": SEATS, "0002_prices": PRICES });
  await history.migrator.up();
  assert.deepEqual(await history.migrator.down(), ["0002_prices"]);
  assert.deepEqual(await history.tables(), ["seats"]);
  assert.deepEqual(await history.migrator.up(), ["0002_prices"]);
  assert.deepEqual(await history.migrator.down(5), ["0002_prices", "0001_seats"]);
  assert.deepEqual(await history.tables(), []);
});

Deno.test("up() rolls back a failed migration and keeps earlier ones", async () => {
  const broken = {
    up: "CREATE TABLE prices (id integer); SELECT 1 / 0;",
    down: "DROP TABLE prices",
  };
  await using history = await createHistory({ "0001_seats": SEATS, "0002_prices": broken });
  await assert.rejects(
    history.migrator.up(),
    /Cannot migrate by 0002_prices.up.sql: division by zero/,
  );
  assert.deepEqual(await history.tables(), ["seats"]);
  const [, second] = await history.migrator.status();
  assert.equal(second?.applied_at, undefined);
});

Deno.test("up() applies each migration once in concurrent runners", async () => {
  await using history = await createHistory({ "0001_seats": SEATS, "0002_prices": PRICES });
  const applied = await Promise.all([
    history.migrator.up(),
    history.migrator.up(),
    history.migrator.up(),
  ]);
  assert.deepEqual(applied.flat().sort(), ["0001_seats", "0002_prices"]);
});

const FEWER_SEATS = {
  up: "-- contract: no program reads them\nDROP TABLE seats",
  down: "CREATE TABLE seats (id integer)",
};

Deno.test("expand() leaves to up() what programs of the release before may still use", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.migrator.up();
  await history.add("0002_prices", PRICES);
  await history.add("0003_fewer", FEWER_SEATS);
  assert.deepEqual(await history.migrator.expand(), ["0002_prices"]);
  assert.deepEqual(await history.migrator.expand(), []);
  assert.deepEqual(await history.tables(), ["prices", "seats"]);
  assert.deepEqual(await history.migrator.up(), ["0003_fewer"]);
  assert.deepEqual(await history.tables(), ["prices"]);
});

Deno.test("expand() refuses to let a migration that expands wait for one that contracts", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.migrator.up();
  await history.add("0002_fewer", FEWER_SEATS);
  await history.add("0003_prices", PRICES);
  await assert.rejects(
    history.migrator.expand(),
    /0003_prices.up.sql: it waits behind 0002_fewer, which contracts: deno task migrate applies both/,
  );
  assert.deepEqual(await history.tables(), ["seats"]);
});

Deno.test("expand() applies everything to an empty database", async () => {
  await using history = await createHistory({ "0001_seats": SEATS, "0002_fewer": FEWER_SEATS });
  assert.deepEqual(await history.migrator.expand(), ["0001_seats", "0002_fewer"]);
});

Deno.test("up() names an applied migration that was edited", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.migrator.up();
  await history.write("0001_seats.up.sql", `${SEATS.up} -- with a comment`);
  await assert.rejects(
    history.migrator.up(),
    /0001_seats.up.sql: it was edited after it was applied/,
  );
});

Deno.test("up() accepts new comment lines in an applied migration", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.migrator.up();
  await history.write("0001_seats.up.sql", `  -- seats of one event\n${SEATS.up}`);
  assert.deepEqual(await history.migrator.up(), []);
});

Deno.test("up() ignores changed line endings", async () => {
  await using history = await createHistory({ "0001_seats": { ...SEATS, up: `${SEATS.up};\n` } });
  await history.migrator.up();
  await history.write("0001_seats.up.sql", `${SEATS.up};\r\n`);
  assert.deepEqual(await history.migrator.up(), []);
});

Deno.test("up() names an applied migration whose file is missing", async () => {
  await using history = await createHistory({ "0001_seats": SEATS, "0002_prices": PRICES });
  await history.migrator.up();
  await history.remove("0002_prices");
  await assert.rejects(
    history.migrator.up(),
    /0002_prices.up.sql: it was applied, but the file is gone/,
  );
});

Deno.test("up() names a migration that was inserted before an applied one", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.migrator.up();
  await history.rename("0001_seats", "0002_seats");
  await history.add("0001_prices", PRICES);
  await assert.rejects(history.migrator.up(), MigrationError);

  await history.rename("0002_seats", "0001_seats");
  await history.rename("0001_prices", "0003_prices");
  await assert.rejects(history.migrator.up(), /0003_prices.up.sql: .*the next is 0002/);
});

Deno.test("migrator refuses a missing down file and an invalid file name", async () => {
  await using history = await createHistory({ "0001_seats": SEATS });
  await history.write("0002_prices.up.sql", PRICES.up);
  await assert.rejects(history.migrator.up(), /0002_prices.down.sql must stand beside it/);
  await history.write("0002_prices.down.sql", PRICES.down);
  await history.write("prices.sql", PRICES.up);
  await assert.rejects(history.migrator.status(), /prices.sql: it must be called NNNN_name.up.sql/);
});

interface Pair {
  up: string;
  down: string;
}

/** A directory of migrations and the database that they apply to. */
interface History extends AsyncDisposable {
  migrator: Migrator;
  tables(): Promise<string[]>;
  write(file: string, text: string): Promise<void>;
  add(name: string, pair: Pair): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

async function createHistory(pairs: Record<string, Pair>): Promise<History> {
  const database = await createEmptyTestDatabase();
  const pool = database.sql;
  const path = await Deno.makeTempDir({ prefix: "evently-migrations-" });
  const history: History = {
    migrator: createMigrator({
      pool,
      directory: pathToFileURL(`${path}/`),
      log: { info: () => {} },
    }),
    async tables() {
      const rows = await pool<{ name: string }[]>`
        SELECT relname AS name FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'schema_migrations'
         ORDER BY relname`;
      return rows.map(({ name }) => name);
    },
    write: (file, text) => Deno.writeTextFile(`${path}/${file}`, text),
    async add(name, { up, down }) {
      await this.write(`${name}.up.sql`, up);
      await this.write(`${name}.down.sql`, down);
    },
    async rename(from, to) {
      for (const direction of ["up", "down"]) {
        await Deno.rename(`${path}/${from}.${direction}.sql`, `${path}/${to}.${direction}.sql`);
      }
    },
    async remove(name) {
      for (const direction of ["up", "down"]) await Deno.remove(`${path}/${name}.${direction}.sql`);
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
      await database[Symbol.asyncDispose]();
    },
  };
  for (const [name, pair] of Object.entries(pairs)) await history.add(name, pair);
  return history;
}
