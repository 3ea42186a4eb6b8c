/**
 * A small Redis in the process: the default of `deno task dev` and of tests, never of production. It knows the commands
 * that Evently sends, with the replies and error texts of Redis. Its data ends with the process.
 */
export { MemoryRedis, type Outcome } from "./redis/engine.ts";
export type { Reply } from "./redis/reply.ts";
