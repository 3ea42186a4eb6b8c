/**
 * Closed load with wrk, which costs a third of our own load generator and so leaves more of the cores to the platform.
 * See https://github.com/wg/wrk (Debian: `apt-get install wrk`).
 */
import { join } from "node:path";
import type { PostLoad, PostResult } from "./post_load.ts";

const REPORT = /^report (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)$/m;

/**
 * Sends posts in a closed loop. Requests in flight at the end are cut off and may have been processed.
 *
 * @param wrk path of the program
 * @throws {Error} wrk failed
 */
export async function runWrk(wrk: string, load: PostLoad): Promise<PostResult> {
  const directory = await Deno.makeTempDir({ prefix: "evently-bench-" });
  try {
    const script = join(directory, "posts.lua");
    await Deno.writeTextFile(join(directory, "tokens"), load.tokens.join("\n"));
    await Deno.writeTextFile(script, luaOf(load, join(directory, "tokens")));
    const { success, stdout, stderr } = await new Deno.Command(wrk, {
      args: [
        ...["--threads", "1", "--connections", String(load.inFlight)],
        ...["--duration", `${Math.ceil(load.durationMs / 1_000)}s`, "--script", script],
        `http://127.0.0.1:${load.port}`,
      ],
    }).output();
    const [, requests, refused, durationUs, p50Us, p99Us] =
      REPORT.exec(new TextDecoder().decode(stdout)) ?? [];
    if (!success || !requests) {
      throw new Error(`wrk failed: ${new TextDecoder().decode(stderr)}`);
    }
    return {
      accepted: Number(requests) - Number(refused),
      refused: Number(refused),
      elapsedMs: Number(durationUs) / 1_000,
      p50Ms: Number(p50Us) / 1_000,
      p99Ms: Number(p99Us) / 1_000,
    };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Lua script that writes each request; all but the body's number and length is prepared. */
function luaOf({ path, bodies }: PostLoad, tokensFile: string): string {
  const mark = "@n@";
  const parts = bodies.map((body) => JSON.stringify(body(mark)).split(mark));
  const listOf = (texts: string[]) => `{ ${texts.map((text) => JSON.stringify(text)).join(", ")} }`;
  return `
    local heads = {}
    for token in io.lines(${JSON.stringify(tokensFile)}) do
      heads[#heads + 1] = "POST ${path} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAuthorization: Bearer " .. token ..
        "\\r\\nContent-Type: application/json\\r\\nContent-Length: "
    end
    local before = ${listOf(parts.map(([text]) => text!))}
    local after = ${listOf(parts.map(([, text]) => text!))}
    local n = -1
    function request()
      n = n + 1
      local shape = n % #before + 1
      local body = before[shape] .. n .. after[shape]
      return heads[n % #heads + 1] .. #body .. "\\r\\n\\r\\n" .. body
    end
    function done(summary, latency)
      io.write(string.format("report %d %d %d %.1f %.1f\\n", summary.requests, summary.errors.status,
        summary.duration, latency:percentile(50), latency:percentile(99)))
    end
  `;
}
