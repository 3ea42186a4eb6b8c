/** Whether the program of this container answers at `PORT`: for images, which have no curl. */
const TIMEOUT_MS = 3_000;

const response = await fetch(`http://127.0.0.1:${Deno.env.get("PORT")}/healthz`, {
  signal: AbortSignal.timeout(TIMEOUT_MS),
});
Deno.exit(response.ok ? 0 : 1);
