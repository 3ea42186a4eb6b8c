/** `deno task web:build`: builds the browser's part of the web application into `dist/`; `--watch` builds it anew with each change. */
import { build } from "vite";
import { viteConfig } from "./config.ts";

const config = viteConfig();
if (Deno.args.includes("--watch")) config.build!.watch = {};
await build(config);
