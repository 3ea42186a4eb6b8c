/** `deno task web:hmr`: Vite's own server, for work on styles; pages come from the gateway. */
import { createServer } from "vite";
import { viteConfig } from "./config.ts";

const server = await createServer({ ...viteConfig(), appType: "custom", logLevel: "info" });
await server.listen();
server.printUrls();
