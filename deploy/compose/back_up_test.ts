import assert from "node:assert/strict";
import { join } from "node:path";
import { CannotRun } from "@evently/shared/output";
import { backUp } from "./back_up.ts";
import type { RunOptions } from "./compose.ts";

const BYTES = new TextEncoder().encode("a copy");

async function write({ output }: RunOptions = {}): Promise<void> {
  await ReadableStream.from([BYTES]).pipeTo(output!);
}

async function inDirectory(test: (path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "evently-backup-" });
  try {
    await test(join(directory, "first.backup.tar.gz"));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("backUp() writes the copy to a file that only its owner reads", () =>
  inDirectory(async (path) => {
    assert.equal(await backUp({ run: (_args, options) => write(options) }, path), BYTES.length);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("backUp() replaces no file", () =>
  inDirectory(async (path) => {
    await Deno.writeTextFile(path, "older");
    const run = () => Promise.reject(new Error("must not run"));
    await assert.rejects(backUp({ run }, path), { message: `${path} exists already` });
  }));

Deno.test("backUp() leaves nothing of a copy that was cut off", () =>
  inDirectory(async (path) => {
    const run = async (_args: readonly string[], options?: RunOptions) => {
      await write(options);
      throw new CannotRun("cut off");
    };
    await assert.rejects(backUp({ run }, path), /cut off/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(join(path, ".."))), []);
  }));
