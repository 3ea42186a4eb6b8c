/** A server that refuses every request at once, as a front before the platform would. */
import { serveUntilSignal } from "@evently/shared/http";
import { createLogger } from "@evently/shared/log";
import { exitProgram } from "@evently/shared/output";

const BODY = JSON.stringify({ error: "Too many requests", code: "RATE_LIMITED" });
const HEADERS = { "Content-Type": "application/json", "Retry-After": "1" };

if (import.meta.main) {
  await exitProgram(
    await serveUntilSignal({
      fetch: ({ url }) =>
        url.endsWith("/health")
          ? new Response("healthy\n")
          : new Response(BODY, { status: 429, headers: HEADERS }),
    }, {
      name: "refuse all",
      hostname: "127.0.0.1",
      port: Number(Deno.env.get("PORT")),
      log: createLogger({ level: "warn" }),
      stopGraceMs: 1_000,
      close: () => Promise.resolve(),
    }),
  );
}
