/** The readers of streams as a program: opens those that are posted to it, and tells what they heard. */
import { OpenStreams } from "./streams.ts";

const streams = new OpenStreams();

Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT")),
  onListen: () => {},
  async handler(request) {
    if (request.method === "POST") await streams.open(await request.json());
    if (request.method === "DELETE") streams.close();
    return Response.json(streams.take());
  },
});
