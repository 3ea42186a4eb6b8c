/**
 * A small Redis in the process: the default of `deno task dev` and of tests, never of production.
 *
 * It knows the commands that Evently uses, with Redis' own replies and error texts; any other command
 * is an error. What it holds ends with the process.
 */
export { MemoryRedis, type Outcome } from "./redis/engine.ts";
export type { Reply } from "./redis/reply.ts";
