/**
 * `deno task rehearse:containers [--prepare] [word…]`: brings `docker-compose.yml` up in an engine of its own and tries
 * what operators do. With words only steps that have one of them in their name (rehearse.ts). With `--prepare` only makes
 * the base images, which later runs take as they are.
 *
 * Base images are made here from Debian's packages, as no registry is asked; the digests in the compose file are
 * therefore not verified. Exits with 77 where no engine can start.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { complain, runCommand, say } from "@evently/shared/output";
import { makeBaseImages } from "./base_images.ts";
import { NoEngine, startEngine } from "./engine.ts";
import { runAny } from "./run.ts";

/** By this code test runners know that nothing was tried. */
const SKIPPED = 77;

/** Directory for what later runs need again. */
function cacheDirectory(): string {
  const caches = Deno.env.get("XDG_CACHE_HOME") ?? join(Deno.env.get("HOME") ?? "/var", ".cache");
  return join(caches, "evently", "rehearsal");
}

async function main(): Promise<number> {
  const directory = cacheDirectory();
  const startedMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedMs) / 1_000);
  await Deno.mkdir(directory, { recursive: true });
  // One engine at a time uses the images.
  using lock = await Deno.open(join(directory, "lock"), { create: true, write: true });
  await lock.lock(true);
  try {
    await using engine = await startEngine(directory);
    say("engine: " + (await engine.docker("version", "--format={{.Server.Version}}")).trim());
    await makeBaseImages(engine, { directory, say });
    say(`base images after ${seconds()} s`);
    if (Deno.args.includes("--prepare")) return 0;
    const program = fileURLToPath(new URL("./rehearse.ts", import.meta.url));
    const command = [...engine.inside, Deno.execPath(), "run", "--quiet", "--allow-all", program];
    const stopped = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => stopped.abort());
    }
    const words = Deno.args.filter((arg) => !arg.startsWith("--"));
    const { code } = await runAny([...command, directory, ...words], {
      env: engine.env,
      show: true,
      signal: stopped.signal,
    });
    say(`${code === 0 ? "passed" : "FAILED"} after ${seconds()} s`);
    return code;
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    complain(`skipped: no container engine can start here: ${error.message}`);
    return SKIPPED;
  }
}

if (import.meta.main) await runCommand(main);
