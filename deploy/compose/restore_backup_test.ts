import assert from "node:assert/strict";
import { join } from "node:path";
import { CannotRun } from "@evently/shared/output";
import type { RunOptions } from "./compose.ts";
import { restoreBackup } from "./restore_backup.ts";

const DELETED = "users_db,01976f3e-0000-7000-8000-000000000001,2026-11-30 10:00:00+00";
const ELSEWHERE = "events_db,01976f3e-0000-7000-8000-000000000002,2026-11-30 10:00:00+00";

/** A compose that keeps what it was asked, whose server knows `deleted`, and that fails where `fails` says so. */
function recorder(
  { deleted = "", fails = () => false }: {
    deleted?: string;
    fails?: (what: string) => boolean;
  } = {},
) {
  const asked: string[] = [];
  const given: string[] = [];
  return {
    asked,
    given,
    async run(args: readonly string[], options: RunOptions = {}) {
      const { input, output } = options;
      const what = wordFor(args, options);
      asked.push(what);
      if (what === "put back") given.push(await new Response(input).text());
      else await input?.cancel();
      if (output) await new Blob([deleted]).stream().pipeTo(output);
      if (fails(what)) throw new CannotRun("it fails");
    },
    removeVolume(name: string) {
      asked.push(`remove ${name}`);
      return Promise.resolve();
    },
  };
}

function wordFor(args: readonly string[], { input, output }: RunOptions): string {
  if (args.includes("--entrypoint")) return args.at(-1)!.includes("\n") ? "unpack" : "check";
  if (args[0] === "exec") return output ? "save" : input ? "put back" : "wait";
  return args.includes("migrate") ? "migrate" : args[0]!;
}

/** Runs a test with a file that is taken for a backup; `said` is what the operator is told. */
async function restoring(
  test: (files: { backup: string; restore: Restore; said: string[] }) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "evently-restore-" });
  const backup = join(directory, "first.backup.tar.gz");
  const said: string[] = [];
  const restore: Restore = (compose, path = backup, givenPath = undefined) =>
    restoreBackup(compose, path, {
      erasedPath: join(directory, "now.erased.csv"),
      givenPath,
      say: (line) => said.push(line),
    });
  try {
    await Deno.writeTextFile(backup, "");
    await test({ backup, restore, said });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

type Restore = (
  compose: ReturnType<typeof recorder>,
  path?: string,
  givenPath?: string,
) => Promise<void>;

const RESTORED = ["stop", "unpack", "rm", "remove elasticsearch"];
const PUT_BACK = ["up", "wait", "migrate", "put back", "put back"];

Deno.test("restoreBackup() checks the file, stops everything, and lets the search index be rebuilt", () =>
  restoring(async ({ restore, said }) => {
    const compose = recorder();
    await restore(compose);
    assert.deepEqual(compose.asked, ["check", "stop", "up", "save", ...RESTORED]);
    assert.deepEqual(said, []);
  }));

Deno.test("restoreBackup() stops nothing for a file that is missing or broken", () =>
  restoring(async ({ restore, backup }) => {
    const untouched = recorder();
    await assert.rejects(
      restore(untouched, "/no/such.backup.tar.gz"),
      /no whole backup.*cannot be read/,
    );
    await assert.rejects(restore(untouched, backup, "/no/such.csv"), /such\.csv cannot be read/);
    await Deno.writeTextFile(backup, "asha@example.com\n");
    await assert.rejects(restore(untouched, backup, backup), /account 1 must be DATABASE,ID,TIME/);
    assert.deepEqual(untouched.asked, []);

    const broken = recorder({ fails: (what) => what === "check" });
    await assert.rejects(restore(broken), /nothing was changed\. it fails/);
    assert.deepEqual(broken.asked, ["check"]);
  }));

Deno.test("restoreBackup() puts back who was deleted, from the present database and a given file", () =>
  restoring(async ({ restore, backup, said }) => {
    const compose = recorder({ deleted: `${DELETED}\n` });
    await Deno.writeTextFile(backup, ELSEWHERE);
    await restore(compose, backup, backup);
    assert.deepEqual(compose.asked, ["check", "stop", "up", "save", ...RESTORED, ...PUT_BACK]);
    assert.deepEqual(compose.given, Array(2).fill(`${ELSEWHERE}\n${DELETED}\n`));
    const [line = ""] = said;
    assert.match(line, /now\.erased\.csv names 1 deleted accounts\..*--erased=/);
    const [, saved = ""] = /--erased=(\S+)/.exec(line) ?? [];
    assert.equal(
      await Deno.readTextFile(saved),
      `${DELETED}\n`,
      "also after a restore that failed",
    );
  }));

Deno.test("restoreBackup() goes on without a database that answers, says so, and takes a given file", () =>
  restoring(async ({ restore, backup, said }) => {
    const alone = recorder({ fails: (what) => what === "save" });
    await restore(alone);
    assert.deepEqual(alone.asked, ["check", "stop", "up", "save", ...RESTORED]);
    assert.match(said.join(), /does not tell which accounts were deleted.*--erased=FILE/);

    const given = recorder({ fails: (what) => what === "save" });
    await Deno.writeTextFile(backup, ELSEWHERE);
    await restore(given, backup, backup);
    assert.deepEqual(given.asked, [...alone.asked, ...PUT_BACK]);
    assert.deepEqual(given.given, Array(2).fill(`${ELSEWHERE}\n`));
  }));
