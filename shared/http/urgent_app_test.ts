import assert from "node:assert/strict";
import { UrgentWork } from "../urgent_work.ts";
import { urgentApp } from "./urgent_app.ts";

Deno.test("a request of an urgent app is urgent until it is answered, or fails", async () => {
  const urgent = new UrgentWork();
  const anyLately = urgent.watch();
  const during: boolean[] = [];
  const app = urgentApp({
    async fetch(request) {
      await Promise.resolve();
      during.push(anyLately(), anyLately());
      if (request.url.endsWith("/broken")) throw new Error("broken");
      return new Response("booked");
    },
  }, urgent);

  assert.equal(await (await app.fetch(new Request("http://app/"), {})).text(), "booked");
  assert.equal(anyLately(), false);
  await assert.rejects(async () => await app.fetch(new Request("http://app/broken"), {}), /broken/);
  assert.equal(anyLately(), false);
  assert.deepEqual(during, [true, true, true, true]);
});
