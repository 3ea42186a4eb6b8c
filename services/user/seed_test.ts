import assert from "node:assert/strict";
import { PasswordHasher } from "@evently/shared/auth";
import { seedUsers } from "./seed.ts";
import { createWorld } from "./testing/world.ts";

Deno.test("seeding adds the demo's users once, and each can log in", async () => {
  await using world = await createWorld();
  const deps = { sql: world.sql, clock: world.context.clock, passwords: new PasswordHasher() };
  assert.equal((await seedUsers(deps)).added, 4);
  assert.equal((await seedUsers(deps)).added, 0);
  const emails = [
    "user1@example.com",
    "user2@example.com",
    "atlanuser1@mail.com",
    "atlanuser2@mail.com",
  ];
  for (const email of emails) {
    const body = { email, password: "11111111" };
    assert.equal((await world.send("POST /api/v1/auth/login", { body })).status, 200, email);
  }
});

Deno.test("seeding leaves a user who is there already as they are", async () => {
  await using world = await createWorld();
  await world.send("POST /api/v1/auth/register", {
    body: { email: "USER1@example.com", password: "another password", name: "Me" },
  });
  const deps = { sql: world.sql, clock: world.context.clock, passwords: new PasswordHasher() };
  assert.equal((await seedUsers(deps)).added, 3);
  const body = { email: "user1@example.com", password: "another password" };
  assert.equal((await world.send("POST /api/v1/auth/login", { body })).body.name, "Me");
});
