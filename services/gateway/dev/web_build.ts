import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../web/build/main.ts", import.meta.url));

/** The process that builds the web application anew with each change of its sources. */
export interface WebBuild extends AsyncDisposable {}

/**
 * Starts it by this same Deno. Vite needs a `node_modules` folder, which nothing else here does. The web application is
 * served from what was built last, so nothing waits for it.
 */
export function startWebBuild(): WebBuild {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "--node-modules-dir=auto", PROGRAM, "--watch"],
    env: { NODE_ENV: "production" },
    stdin: "null",
  }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended already.
      }
      await child.status;
    },
  };
}
