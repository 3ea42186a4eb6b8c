import { pause } from "../servers/supervised.ts";
import type { Fault } from "./fault.ts";

/** Deletes all data in Redis. */
export const flushRedis: Fault = {
  name: "flush_redis",
  kills: false,
  async strike({ redis }) {
    await redis.flushAll();
    return "FLUSHALL";
  },
};

/** Pools of writing connections: seat holds and sales, new bookings, other booking changes. */
const WRITING_POOLS = ["event-service-seats", "booking-service-hot", "booking-service"];
/** Matches a completed statement outside a transaction, which is therefore committed. */
// deno-lint-ignore no-control-regex -- PostgreSQL message lengths contain NUL bytes
const COMMITTED = /C\0\0\0.(?:SELECT|INSERT|UPDATE|COMMIT)[ \0][\s\S]*Z\0\0\0\x05I$/;
const LOST_ANSWERS = 4;
const LOSING_LIMIT_MS = 4_000;
const POLL_MS = 20;

/** Cuts connections after the COMMIT and before its response, a few times in a row. */
export const cutAfterCommit: Fault = {
  name: "cut_after_commit",
  kills: false,
  async strike({ proxy, random }) {
    const pool = random.pick(WRITING_POOLS);
    proxy.loseAnswers({
      count: LOST_ANSWERS,
      on: (hello) => hello.includes(`application_name\0${pool}\0`),
      is: (answer) => COMMITTED.test(answer),
    });
    for (let waitedMs = 0; waitedMs < LOSING_LIMIT_MS && proxy.toLose > 0; waitedMs += POLL_MS) {
      await pause(POLL_MS);
    }
    const lost = LOST_ANSWERS - proxy.toLose;
    proxy.loseAnswers({ count: 0 });
    return `${lost} answers to ${pool} lost`;
  },
};
