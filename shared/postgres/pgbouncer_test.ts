import assert from "node:assert/strict";
import { createEmptyTestDatabase, times } from "@evently/shared/testing";
import { exactlyOne, openPostgres, transaction } from "./mod.ts";
import { PGBOUNCER, startPgbouncer } from "./testing/pgbouncer.ts";

const OTHERS_MAY_ENTER = 0o755;
const STATEMENTS = 300;
/** More than connections to the server, so that these change hands. */
const CLIENTS = 4;

Deno.test({
  name: "statements and transactions of many clients are all answered through PgBouncer",
  ignore: PGBOUNCER === undefined,
  // The client keeps idle timers of its connections.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using database = await createEmptyTestDatabase();
    const { username: user, port, pathname } = new URL(database.url);
    const base = await Deno.makeTempDir({ prefix: "evently-pgbouncer-" });
    await Deno.chmod(base, OTHERS_MAY_ENTER);
    await using pooler = await startPgbouncer({
      base,
      user,
      postgresPort: Number(port),
      poolSize: 2,
    });
    await database.sql`CREATE TABLE counts (id integer PRIMARY KEY, n integer NOT NULL)`;
    await database.sql`INSERT INTO counts VALUES (1, 0)`;
    const pools = times(CLIENTS, () =>
      openPostgres(pooler.fullUrl(pathname.slice(1)), {
        max: 2,
        name: "pgbouncer-test",
        statementTimeoutMs: 5_000,
      }));

    const answers = await Promise.all(times(STATEMENTS, async (i) => {
      const pool = pools[i % CLIENTS]!;
      if (i % 3 === 0) {
        await transaction(pool, async (tx) => {
          await tx`UPDATE counts SET n = n + ${1} WHERE id = 1`;
        });
        return i;
      }
      // Sent whole, while what has parameters asks for their types first.
      if (i % 3 === 1) return await exactlyOne(pool`SELECT 1`, () => i);
      return await exactlyOne(pool<{ i: number }[]>`SELECT ${i}::integer AS i`, (row) => row.i);
    }));

    assert.deepEqual(answers, times(STATEMENTS, (i) => i));
    const [row] = await database.sql`SELECT n FROM counts`;
    assert.equal(row?.n, STATEMENTS / 3);
    assert.equal(await pooler.isRefusedByOtherName(), true);
    await Promise.all(pools.map((pool) => pool.end()));
    await Deno.remove(base, { recursive: true });
  },
});
