import assert from "node:assert/strict";
import { embeddedEnvironment, realEnvironment } from "./environment.ts";

const SHELL = { PATH: "/bin", HOME: "/home/a", DENO_DIR: "/cache", npm_config_registry: "r" };
const PLATFORM = {
  JWT_SECRET: "s",
  DATABASE_URL: "postgres://u@real/d",
  PGHOST: "h",
  REDIS_URL: "",
};

Deno.test("embeddedEnvironment() passes machine variables but no platform settings", () => {
  assert.deepEqual(embeddedEnvironment({ ...SHELL, ...PLATFORM }, "postgres://embedded"), {
    ...SHELL,
    TEST_STORES: "embedded",
    TEST_DATABASE_URL: "postgres://embedded",
  });
});

Deno.test("realEnvironment() keeps stores without a URL embedded", () => {
  const embedded = embeddedEnvironment(SHELL, "postgres://embedded");
  assert.deepEqual(realEnvironment({ ...PLATFORM }, embedded), {
    ...embedded,
    TEST_STORES: "real",
    TEST_DATABASE_URL: "postgres://u@real/d",
  });
  assert.deepEqual(realEnvironment({ REDIS_URL: "redis://h" }, embedded), {
    ...embedded,
    TEST_STORES: "real",
    TEST_REDIS_URL: "redis://h",
  });
});

Deno.test("realEnvironment() returns undefined if no store is named", () => {
  assert.equal(
    realEnvironment(SHELL, embeddedEnvironment(SHELL, "postgres://embedded")),
    undefined,
  );
});
