import assert from "node:assert/strict";
import { refusal } from "./seed.ts";
import { createTestDatabase, startProgram } from "@evently/shared/testing";

const DEV = new URL("./dev.ts", import.meta.url);
const SERVE = new URL("./dev/serve.ts", import.meta.url);
const RESET = new URL("./reset.ts", import.meta.url);
const SANITIZED = { sanitizeOps: true, sanitizeResources: true };

Deno.test(
  "dev names the port that is taken and the variable that chooses another, and ends",
  SANITIZED,
  async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    await using dev = startProgram(DEV, { PORT: "", GATEWAY_PORT: String(port) });
    const { code, output } = await dev.ended;
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken.*GATEWAY_PORT=`));
    assert.doesNotMatch(output, /PostgreSQL/);
  },
);

Deno.test("dev refuses to run where the environment says production", SANITIZED, async () => {
  await using dev = startProgram(DEV, { ENVIRONMENT: "production" });
  const { code, output } = await dev.ended;
  assert.equal(code, 1);
  assert.match(output, /ENVIRONMENT is production/);
});

Deno.test(
  "dev and reset tell in one line that their folder cannot be written",
  SANITIZED,
  async () => {
    const file = await Deno.makeTempFile();
    const folder = `${file}/dev`;
    for (const entry of [DEV, RESET]) {
      const variables = { PORT: "", GATEWAY_PORT: "0", EVENTLY_DEV_DIRECTORY: folder };
      await using program = startProgram(entry, variables);
      const { code, output } = await program.ended;
      assert.equal(code, 1);
      assert.match(
        output,
        /^Cannot keep data in .* cannot be written \(.*EVENTLY_DEV_DIRECTORY\n$/,
      );
      assert.ok(output.includes(folder));
    }
    await Deno.remove(file);
  },
);

Deno.test("dev says what to do about databases of an earlier version", async () => {
  await using users = await createTestDatabase("users_db");
  await using events = await createTestDatabase("events_db");
  await using bookings = await createTestDatabase("bookings_db");
  await bookings
    .sql`UPDATE schema_migrations SET checksum = 'of an earlier file' WHERE version = 1`;
  await using server = startProgram(SERVE, {
    ENVIRONMENT: "development",
    GATEWAY_PORT: "0",
    USER_SERVICE_DB_URL: users.url,
    EVENT_SERVICE_DB_URL: events.url,
    BOOKING_SERVICE_DB_URL: bookings.url,
  });
  const { code, output } = await server.ended;
  assert.equal(code, 1);
  assert.match(
    output,
    /^(.* time limits set on the role .*\n)*The databases were made by another version.*`deno task reset` deletes.*\n$/,
  );
});

Deno.test("seeding is refused in production, and where nothing is said, unless it is forced", () => {
  assert.match(refusal({ ENVIRONMENT: "production" }, []) ?? "", /Cannot seed/);
  assert.match(refusal({}, []) ?? "", /Cannot seed/);
  assert.equal(refusal({ ENVIRONMENT: "production" }, ["--force"]), undefined);
  assert.equal(refusal({ ENVIRONMENT: "development" }, []), undefined);
});
