import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createPreviews, PREVIEW_SIZE } from "./previews.ts";

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

Deno.test("pictureOf() makes a PNG of the preview's size, and the same one again", async () => {
  const previews = createPreviews(), id = newId();
  const png = await previews.pictureOf("concert", id);
  assert(png);
  assert.deepEqual([...png.slice(0, 4)], PNG_SIGNATURE);
  const header = new DataView(png.buffer);
  assert.deepEqual({ width: header.getUint32(16), height: header.getUint32(20) }, PREVIEW_SIZE);
  assert.equal(await previews.pictureOf("Concert", id), png);
});

Deno.test("pictureOf() has one picture made at a time, and refuses a crowd", async () => {
  let active = 0, made = 0;
  const previews = createPreviews(() =>
    Promise.resolve(async () => {
      made++;
      assert.equal(++active, 1);
      await new Promise((resolve) => setTimeout(resolve));
      active--;
      return new Uint8Array(1);
    })
  );
  const pictures = await Promise.all(
    Array.from({ length: 40 }, () => previews.pictureOf("food", newId())),
  );
  assert.equal(pictures.filter((png) => png !== undefined).length, made);
  assert(made > 1 && made < pictures.length);
});

Deno.test("pictureOf() shares a picture that is being made", async () => {
  let count = 0;
  const previews = createPreviews(() =>
    Promise.resolve(() => {
      count++;
      return Promise.resolve(new Uint8Array(1));
    })
  );
  const id = newId();
  await Promise.all([previews.pictureOf("kids", id), previews.pictureOf("kids", id)]);
  assert.equal(count, 1);
});

Deno.test("pictureOf() tries again after a failure", async () => {
  let fails = true;
  const previews = createPreviews(() =>
    Promise.resolve(() =>
      fails ? Promise.reject(new Error("no memory")) : Promise.resolve(new Uint8Array(1))
    )
  );
  const id = newId();
  await assert.rejects(previews.pictureOf("kids", id), /no memory/);
  fails = false;
  assert(await previews.pictureOf("kids", id));
});

Deno.test("pictureOf() has none where the library does not load", async () => {
  const previews = createPreviews(() => Promise.reject(new Error("unsupported")));
  assert.equal(await previews.pictureOf("kids", newId()), undefined);
});
