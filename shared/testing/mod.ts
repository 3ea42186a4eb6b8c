/** What suites build on: a database of their own, and what a process lends its services. */
export {
  createEmptyTestDatabase,
  createTestDatabase,
  createTestDatabaseOn,
  type TestDatabase,
} from "./database.ts";
export { createTestContext, TEST_INTERNAL_KEY, type TestContext } from "./context.ts";
export { freePort } from "../embedded/postgres/ports.ts";
export { type Random, randomFrom, roundsOr, seedOfRun } from "./random.ts";
export { findProgram } from "./find_program.ts";
export { parseAnswer, type RawAnswer, readAll, sendRaw } from "./raw_http.ts";
export { openTestRedis } from "./redis.ts";
export { startRestFront } from "../redis/testing/rest_front.ts";
export { Table, type Watcher } from "./table.ts";
export { TcpProxy } from "./tcp_proxy.ts";
export { times } from "./times.ts";
export { anyDeps, assertOwnTexts, requestSchemasOf } from "./validation_texts.ts";
