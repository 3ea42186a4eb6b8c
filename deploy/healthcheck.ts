/**
 * Whether the program of this container answers at `PORT`: for images, which have no curl.
 * `deno run … deploy/healthcheck.ts [/health/ready]`; `/healthz`, which asks for no store, by default.
 */
const TIMEOUT_MS = 4_000;

const [path = "/healthz"] = Deno.args;
const response = await fetch(`http://127.0.0.1:${Deno.env.get("PORT")}${path}`, {
  signal: AbortSignal.timeout(TIMEOUT_MS),
});
Deno.exit(response.ok ? 0 : 1);
