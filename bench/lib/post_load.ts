import { findProgram } from "@evently/shared/testing";
import { percentile, postBytes, runLoad } from "./http_load.ts";
import { runWrk } from "./wrk.ts";

/** Posts that use tokens and bodies in turn; each body contains the request's number. */
export interface PostLoad {
  port: number;
  /** Connections; each sends its next request after the previous answer. */
  inFlight: number;
  durationMs: number;
  path: string;
  tokens: readonly string[];
  /** Bodies of the n-th request, from 0; `n` occurs once in each body's JSON, inside a string. */
  bodies: readonly ((n: number | string) => unknown)[];
}

/** Answers of a load. */
export interface PostResult {
  /** Answers below 400. */
  accepted: number;
  refused: number;
  elapsedMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** Sends posts with wrk, or with our own load generator if wrk is not installed. */
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
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}
