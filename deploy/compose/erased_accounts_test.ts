import assert from "node:assert/strict";
import { join } from "node:path";
import { CannotRun } from "@evently/shared/output";
import type { RunOptions } from "./compose.ts";
import {
  putBackErasedAccounts,
  readErasedAccounts,
  saveErasedAccounts,
} from "./erased_accounts.ts";

const USER = "users_db,01976f3e-0000-7000-8000-000000000001,2026-11-30 10:00:00.123+00";
const ADMIN = "events_db,01976f3e-0000-7000-8000-000000000002,2026-11-30 15:30:00+05:30";

/** A compose whose server answers with this text, and that keeps what it was asked and given. */
function server(answer: string) {
  const asked: string[] = [];
  const given: string[] = [];
  return {
    asked,
    given,
    async run(args: readonly string[], { input, output }: RunOptions = {}) {
      asked.push(args.filter((word) => !word.includes("\n")).join(" "));
      if (input) given.push(await new Response(input).text());
      if (output) await new Blob([answer]).stream().pipeTo(output);
    },
  };
}

async function inDirectory(test: (path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "evently-erased-" });
  try {
    await test(join(directory, "now.erased.csv"));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("saveErasedAccounts() starts the server and keeps what it says in a file of its owner", () =>
  inDirectory(async (path) => {
    const compose = server(`${USER}\n${ADMIN}\n`);
    assert.deepEqual(await saveErasedAccounts(compose, path), [USER, ADMIN]);
    assert.match(compose.asked[0]!, /^up -d .* postgres$/);
    assert.deepEqual(await readErasedAccounts(path), [USER, ADMIN]);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("saveErasedAccounts() leaves no file where nobody was deleted, or the server fails", () =>
  inDirectory(async (path) => {
    assert.deepEqual(await saveErasedAccounts(server(""), path), []);
    const compose = server(`${USER}\n`);
    const run = async (args: readonly string[], options?: RunOptions) => {
      await compose.run(args, options);
      if (args[0] === "exec") throw new CannotRun("cut off");
    };
    await assert.rejects(saveErasedAccounts({ run }, path), /cut off/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(join(path, ".."))), []);
  }));

Deno.test("readErasedAccounts() names the account that is none", () =>
  inDirectory(async (path) => {
    await assert.rejects(readErasedAccounts(path), /now\.erased\.csv cannot be read/);
    for (
      const wrong of [
        "bookings_db,01976f3e-0000-7000-8000-000000000001,2026-11-30 10:00:00+00",
        "users_db,asha@example.com,2026-11-30 10:00:00+00",
        "users_db,01976f3e-0000-7000-8000-000000000001",
        "users_db,01976f3e-0000-7000-8000-000000000001,yesterday",
      ]
    ) {
      await Deno.writeTextFile(path, `${USER}\n\n${wrong}\n`);
      await assert.rejects(readErasedAccounts(path), /account 2 must be DATABASE,ID,TIME/, wrong);
    }
  }));

Deno.test("putBackErasedAccounts() migrates, and gives each database all of them", async () => {
  const compose = server("");
  await putBackErasedAccounts(compose, [USER, ADMIN]);
  assert.deepEqual(compose.asked.map((words) => words.split(" ")[0]), [
    "up",
    "exec",
    "run",
    "exec",
    "exec",
  ]);
  assert.deepEqual(compose.given, [`${USER}\n${ADMIN}\n`, `${USER}\n${ADMIN}\n`]);
  const idle = server("");
  await putBackErasedAccounts(idle, []);
  assert.deepEqual(idle.asked, [], "nothing is started for nobody");
});
