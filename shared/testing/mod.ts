/**
 * Support for tests: databases, service contexts, programs, proxies and raw requests.
 *
 * `deno task test [FILE…]` runs tests on the embedded stores, then on the real ones that the environment names; it
 * checks for leaked operations and resources. `deno test -A FILE` works too: the first test that needs a database
 * starts an embedded PostgreSQL in `.evently/test/shared`, which concurrent processes share and which stops after
 * the last of them.
 */
export {
  createEmptyTestDatabase,
  createTestDatabase,
  createTestDatabaseOn,
  type TestDatabase,
} from "./database.ts";
export { joinCluster } from "./cluster.ts";
export { countBlockedSessions, waitForBlockedSession } from "./blocked_session.ts";
export { createTestContext, TEST_INTERNAL_KEY, type TestContext } from "./context.ts";
export { freePort } from "../embedded/postgres/ports.ts";
export { type Program, startProgram } from "./program.ts";
export { type Random, randomFrom, roundsOr, seedOfRun } from "./random.ts";
export {
  type EventStreamReader,
  readEventStream,
  type ReadMessage,
} from "./event_stream_reader.ts";
export { findProgram } from "./find_program.ts";
export { parseAnswer, type RawAnswer, readAll, sendRaw } from "./raw_http.ts";
export {
  bearer,
  type JsonAnswer,
  jsonRequest,
  type JsonRequestOptions,
  readAnswer,
} from "./json_request.ts";
export { linkOf, tokenOf } from "./mail_links.ts";
export { openTestRedis } from "./redis.ts";
export { sampleOf } from "./sample_of.ts";
export { startRestFront } from "../redis/testing/rest_front.ts";
export { Table, type Watcher } from "./table.ts";
export { TcpProxy } from "./tcp_proxy.ts";
export { times } from "./times.ts";
export { anyDeps, assertOwnTexts, requestSchemasOf } from "./validation_texts.ts";
export { ensureWebBuilt } from "./web_build.ts";
