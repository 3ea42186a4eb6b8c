/**
 * `deno run … deploy/healthcheck.ts [PATH]`: exits with 0 if `PORT` answers; the image has no curl.
 *
 * The default path `/healthz` checks no store; `/health/ready` checks all.
 */
const TIMEOUT_MS = 4_000;

const [path = "/healthz"] = Deno.args;
const response = await fetch(`http://127.0.0.1:${Deno.env.get("PORT")}${path}`, {
  signal: AbortSignal.timeout(TIMEOUT_MS),
});
Deno.exit(response.ok ? 0 : 1);
