import assert from "node:assert/strict";
import { runDemo } from "../../services/gateway/demo.ts";
import { eventually, startTestPlatform } from "./platform.ts";

Deno.test("runDemo() books two tickets and prints each step", async () => {
  await using platform = await startTestPlatform();
  await eventually("search is filled", async () => {
    const { body } = await platform.call("GET", "/api/search/search?q=diwali");
    return body.results?.length > 0;
  });
  const lines: string[] = [];

  await runDemo(platform.origin, (line) => lines.push(line));

  const text = lines.join("\n");
  assert.match(text, /Diwali Festival of Lights/);
  const [, reference] = /(EVT-\w{6}), confirmed, 2 tickets/.exec(text) ?? [];
  assert.ok(reference, text);
  const stored = await platform.bookingsDb`
    SELECT FROM bookings
     WHERE reference = ${reference} AND status = 'confirmed' AND quantity = 2`;
  assert.equal(stored.length, 1);
});

Deno.test("runDemo() says how to start the platform if nothing listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();

  await assert.rejects(
    runDemo(origin, () => {}),
    { message: `Nothing answers at ${origin}. Start the platform first: deno task dev` },
  );
});
