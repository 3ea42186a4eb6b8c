/** The clients of floods as a program: runs the flood that is posted to it, and answers with its result. */
import { runFlood } from "./flood.ts";

Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT")),
  onListen: () => {},
  handler: async (request) =>
    request.method === "POST"
      ? Response.json(await runFlood(await request.json()))
      : new Response("healthy\n"),
});
