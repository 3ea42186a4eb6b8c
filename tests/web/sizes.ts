import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../services/web/dist/", import.meta.url));

export const KB = 1_000;
/** Script that any page of the storefront may load at once, in bytes. */
export const SCRIPT_LIMIT = 150 * KB;

interface ManifestEntry {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  assets?: string[];
}

/** Vite's manifest of the build: what each source file became. */
export type Manifest = Readonly<Record<string, ManifestEntry>>;

/** Reads the manifest of the build. */
export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await Deno.readTextFile(join(DIST, "manifest.json")));
}

/** Files of the script that are loaded for an entry, with all that it imports at once. */
export function scriptsOf(manifest: Manifest, entries: readonly string[]): Set<string> {
  const files = new Set<string>();
  const queue = [...entries];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const entry = manifest[name];
    if (!entry) throw new Error(`the build has no ${name}`);
    if (files.has(entry.file)) continue;
    files.add(entry.file);
    queue.push(...entry.imports ?? []);
  }
  return files;
}

/** What files weigh on the way, in bytes: with Brotli, where they are compressed. */
export async function transferBytes(files: Iterable<string>): Promise<number> {
  let sum = 0;
  for (const file of files) {
    const path = join(DIST, file);
    const { size } = await Deno.stat(`${path}.br`).catch(() => Deno.stat(path));
    sum += size;
  }
  return sum;
}
