import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));
const WEB = join(CHECKOUT, "services/web");
const MANIFEST = join(WEB, "dist/manifest.json");
const LOCK = join(CHECKOUT, ".evently/test/web.lock");
const SKIPPED = new Set(["dist", "node_modules"]);

/** Builds the browser's part of the web application, unless what is there is newer than its sources. */
export async function ensureWebBuilt(): Promise<void> {
  await Deno.mkdir(join(CHECKOUT, ".evently/test"), { recursive: true });
  using lock = await Deno.open(LOCK, { create: true, write: true });
  await lock.lock(true);
  if (await changedAt(MANIFEST) > await newestSource(WEB)) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "web:build"],
    cwd: CHECKOUT,
    stdin: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`web:build failed: ${new TextDecoder().decode(stderr)}`);
}

async function newestSource(directory: string): Promise<number> {
  let newest = 0;
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    if (SKIPPED.has(name)) continue;
    const path = join(directory, name);
    newest = Math.max(newest, isDirectory ? await newestSource(path) : await changedAt(path));
  }
  return newest;
}

async function changedAt(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.mtime?.getTime() ?? 0;
}
