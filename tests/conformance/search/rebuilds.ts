import assert from "node:assert/strict";
import { eventDocument } from "../../../services/search/testing/world.ts";
import { add, changeOf, namesFound, putInPlace, type Register } from "./changes.ts";

/** Swaps of one test; each is hit at another moment. */
const SWAPS = 3;

/** How an index is built anew, and how far it says that it has come. */
export function testRebuilds(test: Register): void {
  test("knows no position before it is filled, and then the furthest that it was told", async (index) => {
    assert.equal(await index.position(), undefined);
    await add(index, eventDocument());
    assert.equal(await index.position(), undefined);
    await index.moveTo(7);
    await index.moveTo(5);
    assert.equal(await index.position(), 7);
  });

  test("answers from the old index until the new one is complete, then from that alone", async (index) => {
    await add(index, eventDocument({ name: "old" }));
    const next = await index.rebuild();
    await next.apply([changeOf(eventDocument({ name: "new" }))]);
    assert.deepEqual(await namesFound(index, {}), ["old"]);
    assert.equal(await index.position(), undefined);
    await putInPlace(next, 9);
    assert.deepEqual(await namesFound(index, {}), ["new"]);
    assert.equal(await index.position(), 9);
  });

  test("a change during a rebuild is found at once and afterwards", async (index) => {
    const event = eventDocument({ name: "before" });
    await add(index, event);
    const next = await index.rebuild();
    await next.apply([changeOf(event)]);
    await add(index, { ...event, name: "after", version: 2 }, eventDocument({ name: "made" }));
    await next.apply([changeOf(event)]);
    assert.deepEqual((await namesFound(index, {})).sort(), ["after", "made"]);
    await putInPlace(next, 1);
    assert.deepEqual((await namesFound(index, {})).sort(), ["after", "made"]);
  });

  test("what changes while the new index takes the old one's place is found at once, each time", async (index) => {
    const event = eventDocument();
    let number = 0;
    async function editAndFind(): Promise<string> {
      const name = `Edition ${++number}`;
      await index.apply([changeOf({ ...event, name }, number)]);
      return `made ${name}, found ${await namesFound(index, {})}`;
    }
    const seen: string[] = [];
    for (let swap = 0; swap < SWAPS; swap++) {
      const next = await index.rebuild();
      await next.apply([changeOf(event)]);
      let swapping = true;
      const swapped = putInPlace(next, 1).finally(() => swapping = false);
      // In one process a change that waits for nothing would let no swap go on.
      for (; swapping; await new Promise((resolve) => setTimeout(resolve, 0))) {
        seen.push(await editAndFind());
      }
      await swapped;
      seen.push(`made Edition ${number}, found ${await namesFound(index, {})}`);
    }
    assert.deepEqual(seen.filter((line) => !/^made (Edition \d+), found \1$/.test(line)), []);
  });

  test("an abandoned rebuild leaves everything as it was", async (index) => {
    await add(index, eventDocument({ name: "kept" }));
    await index.moveTo(3);
    const next = await index.rebuild();
    await next.apply([changeOf(eventDocument({ name: "half" }))]);
    await next.abandon();
    await add(index, eventDocument({ name: "later" }));
    assert.deepEqual((await namesFound(index, {})).sort(), ["kept", "later"]);
    assert.equal(await index.position(), 3);
  });

  test("can be built anew again and again", async (index) => {
    for (const name of ["first", "second", "third"]) {
      const next = await index.rebuild();
      await next.apply([changeOf(eventDocument({ name }))]);
      await putInPlace(next, 1);
      assert.deepEqual(await namesFound(index, {}), [name]);
    }
  });
}
