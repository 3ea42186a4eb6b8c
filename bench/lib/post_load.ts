import { findProgram } from "@evently/shared/testing";
import { percentile, postBytes, runLoad } from "./http_load.ts";
import { runWrk } from "./wrk.ts";

/** Posts of few shapes: a token and a body for each in turn, with the number of the request in it. */
export interface PostLoad {
  port: number;
  /** Connections, each of which sends its next request when its last was answered. */
  inFlight: number;
  durationMs: number;
  path: string;
  tokens: readonly string[];
  /** Bodies of the n-th request, from 0; `n` stands once in each one's JSON, inside a text. */
  bodies: readonly ((n: number | string) => unknown)[];
}

/** What came back. */
export interface PostResult {
  /** Answers below 400. */
  accepted: number;
  refused: number;
  elapsedMs: number;
  p50_ms: number;
  p99_ms: number;
}

/** Sends posts by wrk, or by our own load generator where there is none. */
export async function runPosts(load: PostLoad): Promise<PostResult> {
  const wrk = await findProgram("wrk");
  return wrk ? await runWrk(wrk, load) : await runOwn(load);
}

async function runOwn({ path, tokens, bodies, ...load }: PostLoad): Promise<PostResult> {
  const { answers, elapsedMs, latenciesMs } = await runLoad({
    ...load,
    request: (n) => postBytes(path, tokens[n % tokens.length]!, bodies[n % bodies.length]!(n)),
  });
  const all = [...answers.values()].reduce((sum, n) => sum + n, 0);
  const accepted = answers.get(200) ?? 0;
  return {
    accepted,
    refused: all - accepted,
    elapsedMs,
    p50_ms: percentile(latenciesMs, 0.5),
    p99_ms: percentile(latenciesMs, 0.99),
  };
}
