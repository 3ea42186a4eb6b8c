import assert from "node:assert/strict";
import { lazyApp } from "./lazy_app.ts";

Deno.test("lazyApp() loads the app once, with the first of several requests", async () => {
  let loads = 0;
  const loaded = Promise.withResolvers<void>();
  const app = lazyApp(async () => {
    loads++;
    await loaded.promise;
    return { fetch: (request, { path }) => new Response(`${path} of ${request.url}`) };
  });
  assert.equal(loads, 0);
  const answers = ["/a", "/b"].map((path) => app.fetch(new Request("http://x/"), { path }));
  loaded.resolve();
  const texts = await Promise.all(answers.map(async (answer) => await (await answer).text()));
  assert.deepEqual(texts, ["/a of http://x/", "/b of http://x/"]);
  assert.equal(
    await (await app.fetch(new Request("http://x/"), { path: "/c" })).text(),
    "/c of http://x/",
  );
  assert.equal(loads, 1);
});
