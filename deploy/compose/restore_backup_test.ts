import assert from "node:assert/strict";
import { CannotRun } from "@evently/shared/output";
import type { RunOptions } from "./compose.ts";
import { restoreBackup } from "./restore_backup.ts";

/** A compose that keeps what it was asked, and fails where `fails` says so. */
function recorder(fails: (args: readonly string[]) => boolean = () => false) {
  const asked: string[] = [];
  return {
    asked,
    async run(args: readonly string[], { input }: RunOptions = {}) {
      await input?.cancel();
      asked.push(
        args.includes("sh") ? args.at(-1)!.split("\n").length > 1 ? "unpack" : "check" : args[0]!,
      );
      if (fails(args)) throw new CannotRun("it fails");
    },
    removeVolume(name: string) {
      asked.push(`remove ${name}`);
      return Promise.resolve();
    },
  };
}

Deno.test("restoreBackup() checks the file, stops everything, and lets the search index be rebuilt", async () => {
  const compose = recorder();
  const path = await Deno.makeTempFile({ prefix: "evently-restore-" });
  try {
    await restoreBackup(compose, path);
  } finally {
    await Deno.remove(path);
  }
  assert.deepEqual(compose.asked, [
    "check",
    "stop",
    "stop",
    "unpack",
    "rm",
    "remove elasticsearch",
  ]);
});

Deno.test("restoreBackup() stops nothing for a file that is missing or broken", async () => {
  const missing = recorder();
  await assert.rejects(
    restoreBackup(missing, "/no/such.backup.tar.gz"),
    /no whole backup.*cannot be read/,
  );
  assert.deepEqual(missing.asked, []);

  const broken = recorder((args) => args.includes("sh"));
  const path = await Deno.makeTempFile({ prefix: "evently-restore-" });
  try {
    await assert.rejects(restoreBackup(broken, path), /nothing was changed\. it fails/);
  } finally {
    await Deno.remove(path);
  }
  assert.deepEqual(broken.asked, ["check"]);
});
