import assert from "node:assert/strict";
import { changesUpTo, FEED_START, isPast } from "@evently/shared/feed_position";
import { eventDocument, positionAt } from "../../../services/search/testing/world.ts";
import { add, changeOf, namesFound, putInPlace, type Register } from "./changes.ts";

/** Swaps of one test; changes hit each at a different point. */
const SWAPS = 3;

/** Tests rebuilds of an index and its position in the change feed. */
export function testRebuilds(test: Register): void {
  test("has no position before moveTo(), then the furthest", async (index) => {
    assert.equal(await index.position(), undefined);
    await add(index, eventDocument());
    assert.equal(await index.position(), undefined);
    await index.moveTo(FEED_START);
    assert.deepEqual(await index.position(), FEED_START);
    await index.moveTo(positionAt(7));
    await index.moveTo(positionAt(5));
    assert.deepEqual(await index.position(), positionAt(7));
  });

  test("processes ahead in different lanes claim nothing that neither took", async (index) => {
    const [a, b] = [positionAt(7, 1).with(2, 3), positionAt(6, 1).with(2, 6)];
    await index.moveTo(positionAt(6, 1).with(2, 3));
    await Promise.all([index.moveTo(a), index.moveTo(b)]);
    const position = await index.position();
    assert.ok(position && changesUpTo(position) >= 12, `${position}`);
    assert.ok(!isPast(position, positionAt(7, 1).with(2, 6)), `${position}`);
  });

  test("answers from the old index until the new one is complete", async (index) => {
    await add(index, eventDocument({ name: "old" }));
    const next = await index.rebuild();
    await next.apply([changeOf(eventDocument({ name: "new" }))]);
    assert.deepEqual(await namesFound(index, {}), ["old"]);
    assert.equal(await index.position(), undefined);
    await putInPlace(next, 9);
    assert.deepEqual(await namesFound(index, {}), ["new"]);
    assert.deepEqual(await index.position(), positionAt(9));
  });

  test("finds a change during a rebuild at once and later", async (index) => {
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

  test("finds changes during a swap of indices at once", async (index) => {
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
      // Yields, as in one process changes that never wait would starve the swap.
      for (; swapping; await new Promise((resolve) => setTimeout(resolve, 0))) {
        seen.push(await editAndFind());
      }
      await swapped;
      seen.push(`made Edition ${number}, found ${await namesFound(index, {})}`);
    }
    assert.deepEqual(seen.filter((line) => !/^made (Edition \d+), found \1$/.test(line)), []);
  });

  test("an abandoned rebuild changes nothing", async (index) => {
    await add(index, eventDocument({ name: "kept" }));
    await index.moveTo(positionAt(3));
    const next = await index.rebuild();
    await next.apply([changeOf(eventDocument({ name: "half" }))]);
    await next.abandon();
    await add(index, eventDocument({ name: "later" }));
    assert.deepEqual((await namesFound(index, {})).sort(), ["kept", "later"]);
    assert.deepEqual(await index.position(), positionAt(3));
  });

  test("can be rebuilt repeatedly", async (index) => {
    for (const name of ["first", "second", "third"]) {
      const next = await index.rebuild();
      await next.apply([changeOf(eventDocument({ name }))]);
      await putInPlace(next, 1);
      assert.deepEqual(await namesFound(index, {}), [name]);
    }
  });
}
