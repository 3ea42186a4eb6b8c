/** The locked packages, as deno.lock and the packages themselves describe them. */
import { z } from "zod";

const LOCK = new URL("../../deno.lock", import.meta.url);
/** Members of the workspace whose packages are for tests alone. */
const TEST_MEMBERS = ["tests"];

const Names = z.array(z.string()).default([]);
const LockedPackage = z.object({
  integrity: z.string(),
  dependencies: Names,
  optionalDependencies: Names,
  optionalPeers: Names,
});
const Lock = z.object({
  version: z.literal("5"),
  specifiers: z.record(z.string(), z.string()),
  npm: z.record(z.string(), LockedPackage),
  workspace: z.object({
    dependencies: Names,
    members: z.record(z.string(), z.object({ dependencies: Names })),
  }),
});

/** A package of deno.lock. */
export interface Package {
  /** As in deno.lock: name, version, and the versions of its peers. */
  key: string;
  name: string;
  version: string;
  /** `<algorithm>-<digest in base64>` of its archive (Subresource Integrity). */
  integrity: string;
  /** Keys of the packages that it brings. */
  dependencies: readonly string[];
  /** Whether the product has it; others are for tests alone. */
  isProduct: boolean;
  /** SPDX expression of its own package.json; `undefined` if it is for another platform, and not here. */
  license: string | undefined;
}

/**
 * Reads deno.lock, and the licences of all packages that are installed on this machine.
 *
 * @throws {Error} a dependency is in no entry of the lock
 */
export async function readPackages(): Promise<Package[]> {
  const lock = Lock.parse(JSON.parse(await Deno.readTextFile(LOCK)));
  const keys = Object.keys(lock.npm);
  const byName = Map.groupBy(keys, (key) => nameOf(key));
  /** The entry of a dependency: `name`, or `name@version` where there are several. */
  function keyOf(dependency: string): string {
    if (lock.npm[dependency]) return dependency;
    const found = byName.get(dependency) ?? keys.filter((key) => key.startsWith(`${dependency}_`));
    if (found.length === 0) throw new Error(`deno.lock has no entry of ${dependency}`);
    return found[0]!;
  }
  const dependenciesOf = (key: string): string[] => {
    const { dependencies, optionalDependencies } = lock.npm[key]!;
    return [...new Set([...dependencies, ...optionalDependencies])].map(keyOf);
  };
  const { dependencies, members } = lock.workspace;
  const roots = [
    ...dependencies,
    ...Object.entries(members).flatMap(([member, { dependencies }]) =>
      TEST_MEMBERS.includes(member) ? [] : dependencies
    ),
  ].map((specifier) => {
    const version = lock.specifiers[specifier];
    if (version === undefined) throw new Error(`deno.lock does not say which ${specifier} is used`);
    return `${nameOf(specifier.replace("npm:", ""))}@${version}`;
  });
  const product = reachable(roots, dependenciesOf);
  const cache = await cachedPackages();
  return await Promise.all(keys.map(async (key) => {
    const [name, version] = [nameOf(key), versionOf(key)];
    return {
      key,
      name,
      version,
      integrity: lock.npm[key]!.integrity,
      dependencies: dependenciesOf(key),
      isProduct: product.has(key),
      license: await readLicense(new URL(`${name}/${version}/package.json`, cache)),
    };
  }));
}

function reachable(roots: string[], next: (key: string) => string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...roots];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...next(key));
  }
  return seen;
}

/** `@scope/name@1.2.3_peer@4.5.6` is of `@scope/name`. */
function nameOf(key: string): string {
  return key.slice(0, key.indexOf("@", 1));
}

function versionOf(key: string): string {
  return key.slice(key.indexOf("@", 1) + 1).split("_")[0]!;
}

/** Where Deno keeps packages of npm, the default registry's. */
async function cachedPackages(): Promise<URL> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = z.object({ npmCache: z.string() }).parse(
    JSON.parse(new TextDecoder().decode(stdout)),
  );
  for await (const { name } of Deno.readDir(npmCache)) {
    return new URL(`${name}/`, `file://${npmCache}/`);
  }
  throw new Error("No package is installed: run deno install --frozen");
}

async function readLicense(file: URL): Promise<string | undefined> {
  try {
    const { license } = JSON.parse(await Deno.readTextFile(file));
    return typeof license === "string" ? license : "UNKNOWN";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
