import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import {
  isCheckViolation,
  isConnectionFailure,
  isForeignKeyViolation,
  isTemporary,
  isUniqueViolation,
} from "./mod.ts";

Deno.test("the error helpers tell constraints apart by kind and name", async () => {
  await using database = await createEmptyTestDatabase();
  const { sql } = database;
  await sql`
    CREATE TABLE seats (
      seat integer CONSTRAINT seats_key PRIMARY KEY,
      price integer CONSTRAINT price_positive_102011 CHECK (price > 0),
      beside integer CONSTRAINT beside_exists REFERENCES seats
    )`;
  await sql`INSERT INTO seats VALUES (1, 10, NULL)`;
  const failures = {
    unique: await failure(sql`INSERT INTO seats VALUES (1, 10, NULL)`),
    check: await failure(sql`INSERT INTO seats VALUES (2, 0, NULL)`),
    foreignKey: await failure(sql`INSERT INTO seats VALUES (3, 10, 99)`),
  };

  const helpers = {
    unique: isUniqueViolation,
    check: isCheckViolation,
    foreignKey: isForeignKeyViolation,
  };
  for (const [kind, helper] of Object.entries(helpers)) {
    const held = Object.entries(failures).filter(([, error]) => helper(error)).map(([name]) =>
      name
    );
    assert.deepEqual(held, [kind]);
  }
  assert.equal(isUniqueViolation(failures.unique, "seats_key"), true);
  assert.equal(isUniqueViolation(failures.unique, "another_key"), false);
  assert.equal(isConnectionFailure(failures.unique), false);
  // as where the table is distributed
  assert.equal(isCheckViolation(failures.check, "price_positive"), true);
  assert.equal(isCheckViolation(failures.check, "price_pos"), false);
  const told = Object.assign(failures.foreignKey as Error, { constraint_name: undefined });
  assert.equal(isForeignKeyViolation(told, "beside_exists"), true);
});

Deno.test("isTemporary() is true only for errors that a retry may solve", async () => {
  await using database = await createEmptyTestDatabase();
  const { sql } = database;
  const raise = (code: string, text = "no") =>
    failure(sql.unsafe(`DO $$ BEGIN RAISE EXCEPTION '${text}' USING ERRCODE = '${code}'; END $$`));
  // A full disk, no memory, a failing disk, a standby, a deadlock's victim, a statement that took too long.
  for (const code of ["53100", "53200", "58030", "25006", "40P01", "40001", "57014", "57P02"]) {
    assert.equal(isTemporary(await raise(code)), true, code);
  }
  // as Citus tells of a server that was lost
  for (
    const text of [
      "execution cannot recover from multiple connection failures",
      "failed to prepare transaction ''citus_0_1'' on host 10.0.0.2:5432",
      "failure on connection marked as essential: 10.0.0.2:5432",
      "postmaster was shut down, exiting",
      "server closed the connection unexpectedly",
      "terminating connection due to unexpected postmaster exit",
    ]
  ) assert.equal(isTemporary(await raise("XX000", text)), true, text);
  for (const code of ["23505", "42601", "22012", "P0001", "XX000"]) {
    assert.equal(isTemporary(await raise(code)), false, code);
  }
  assert.equal(isTemporary(new Error("no")), false);
});

async function failure(query: PromiseLike<unknown>): Promise<unknown> {
  try {
    await query;
  } catch (error) {
    return error;
  }
  throw new Error("The statement was expected to fail");
}
