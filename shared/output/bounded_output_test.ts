import assert from "node:assert/strict";
import { BoundedOutput } from "./bounded_output.ts";

const SANITIZED = { sanitizeOps: true, sanitizeResources: true };
const LONG_MS = 60_000;

/** A reader that takes at most `most` bytes a write, and only while its door is open. */
class Reader {
  text = "";
  fails = 0;
  #open = Promise.resolve();
  #openDoor = () => {};

  constructor(readonly most = Infinity) {}

  close(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open = promise;
    this.#openDoor = resolve;
  }

  open(): void {
    this.#openDoor();
  }

  readonly write = async (bytes: Uint8Array): Promise<number> => {
    if (this.fails-- > 0) throw new Error("no space left on device");
    await this.#open;
    const taken = bytes.subarray(0, this.most);
    this.text += new TextDecoder("latin1").decode(taken);
    return taken.length;
  };
}

Deno.test(
  "BoundedOutput writes every line in order through partial writes",
  SANITIZED,
  async () => {
    const reader = new Reader(3);
    const output = new BoundedOutput({ write: reader.write });
    for (const line of ["one\n", "two\n", "three\n"]) output.write(line);
    assert.equal(await output.flush(LONG_MS), true);
    assert.equal(reader.text, "one\ntwo\nthree\n");
    assert.equal(output.droppedLines, 0);
  },
);

Deno.test(
  "BoundedOutput drops lines above its limit and reports their count",
  SANITIZED,
  async () => {
    const reader = new Reader();
    const output = new BoundedOutput({
      write: reader.write,
      maxQueuedChars: 8,
      describeDropped: (count) => `(${count} dropped)\n`,
    });
    reader.close();
    for (const line of ["one\n", "two\n", "three\n", "4\n", "five\nsix\n"]) output.write(line);
    assert.equal(output.droppedLines, 4);
    assert.equal(await output.flush(1), false, "a flush has an end");

    reader.open();
    assert.equal(await output.flush(LONG_MS), true);
    output.write("seven\n");
    await output.flush(LONG_MS);
    assert.equal(reader.text, "one\ntwo\n(4 dropped)\nseven\n");
  },
);

Deno.test(
  "BoundedOutput retries after a failed write and loses nothing",
  SANITIZED,
  async () => {
    const reader = new Reader();
    const output = new BoundedOutput({ write: reader.write, retryAfterMs: 1 });
    reader.fails = 3;
    output.write("one\n");
    assert.equal(await output.flush(LONG_MS), true);
    assert.equal(reader.text, "one\n");
  },
);
