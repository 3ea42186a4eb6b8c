import assert from "node:assert/strict";
import { echoService } from "./testing/world.ts";
import { startProgram } from "@evently/shared/testing";

const MAIN = new URL("./main.ts", import.meta.url);
const USER = new URL("../user/main.ts", import.meta.url);
const SANITIZED = { sanitizeOps: true, sanitizeResources: true };

Deno.test(
  "production names every missing variable at once, and nothing listens",
  SANITIZED,
  async () => {
    await using program = startProgram(MAIN);
    const { code, output } = await program.ended;
    assert.equal(code, 1);
    for (
      const variable of [
        "JWT_SECRET",
        "INTERNAL_API_KEY",
        "REDIS_URL",
        "USER_SERVICE_DB_URL",
        "EVENT_SERVICE_DB_URL",
        "BOOKING_SERVICE_DB_URL",
      ]
    ) assert.match(output, new RegExp(`- ${variable} `));
    assert.doesNotMatch(output, /listening| {4}at /);
  },
);

Deno.test("production refuses the secrets that everybody knows", SANITIZED, async () => {
  await using program = startProgram(MAIN, {
    ENVIRONMENT: "production",
    JWT_SECRET: "development-only-jwt-secret-0123456789",
    INTERNAL_API_KEY: "development-only-internal-api-key",
    DATABASE_URL: "postgres://u@127.0.0.1:1/d",
    REDIS_URL: "redis://127.0.0.1:1",
  });
  const { code, output } = await program.ended;
  assert.equal(code, 1);
  assert.match(output, /JWT_SECRET must not be the development default/);
  assert.match(output, /INTERNAL_API_KEY must not be the development default/);
});

Deno.test(
  "a gateway before services elsewhere needs their URLs alone, and ends in order",
  SANITIZED,
  async () => {
    await using services = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => echoService("user").fetch(request, {}),
    );
    const url = `http://127.0.0.1:${services.addr.port}`;
    await using program = startProgram(MAIN, {
      USER_SERVICE_URL: url,
      EVENT_SERVICE_URL: url,
      SEARCH_SERVICE_URL: url,
      BOOKING_SERVICE_URL: url,
    });
    const origin = await program.listening();
    const answer = await fetch(`${origin}/api/event/echo`);
    assert.equal((await answer.json()).path, "/api/v1/echo");
    const ready = await fetch(`${origin}/health/ready`);
    assert.equal(ready.status, 200, await ready.text());

    program.signal("SIGTERM");
    assert.equal((await program.ended).code, 0);
  },
);

Deno.test("a request under way is answered before the process ends", SANITIZED, async () => {
  const arrived = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  await using service = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async () => {
      arrived.resolve();
      await go.promise;
      return new Response("late");
    },
  );
  const url = `http://127.0.0.1:${service.addr.port}`;
  await using program = startProgram(MAIN, {
    USER_SERVICE_URL: url,
    EVENT_SERVICE_URL: url,
    SEARCH_SERVICE_URL: url,
    BOOKING_SERVICE_URL: url,
  });
  const answer = fetch(`${await program.listening()}/api/user/slow`);
  await arrived.promise;
  program.signal("SIGINT");
  go.resolve();
  assert.equal(await (await answer).text(), "late");
  assert.equal((await program.ended).code, 0);
});

Deno.test("a port that is taken is told in one line", SANITIZED, async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const nowhere = "http://127.0.0.1:1";
  await using program = startProgram(MAIN, {
    PORT: String(port),
    USER_SERVICE_URL: nowhere,
    EVENT_SERVICE_URL: nowhere,
    SEARCH_SERVICE_URL: nowhere,
    BOOKING_SERVICE_URL: nowhere,
  });
  const { code, output } = await program.ended;
  assert.equal(code, 1);
  assert.equal(output, `Cannot listen on 127.0.0.1:${port} as the port is taken\n`);
});

Deno.test("an address that the machine has not is told in one line", SANITIZED, async () => {
  await using program = startProgram(USER, {
    ENVIRONMENT: "development",
    HOST: "203.0.113.1",
    JWT_SECRET: crypto.randomUUID(),
    INTERNAL_API_KEY: crypto.randomUUID(),
    USER_SERVICE_DB_URL: "postgres://u@127.0.0.1:1/d",
  });
  const { code, output } = await program.ended;
  assert.equal(code, 1);
  assert.equal(output, "Cannot listen on 203.0.113.1:0 as this machine has no such address\n");
});
