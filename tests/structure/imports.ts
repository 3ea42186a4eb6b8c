import { fileURLToPath, pathToFileURL } from "node:url";

/** One import of a file of the checkout, also where only a type is imported. */
export interface Import {
  /** The importing file, from the root of the checkout. */
  from: string;
  /** The imported file, from the root of the checkout; a package's or built-in module's specifier otherwise. */
  to: string;
  typeOnly: boolean;
}

/** The part of `deno info --json` that is read here. */
interface Info {
  modules: { specifier: string; error?: string; dependencies?: Dependency[] }[];
}

interface Dependency {
  specifier: string;
  code?: { specifier?: string; error?: string };
  type?: { specifier?: string; error?: string };
}

/**
 * Reads the imports of the given TypeScript files with Deno's own resolver.
 *
 * @param root directory of the `deno.json` that resolves bare specifiers
 * @throws {Error} a file or an import cannot be resolved
 */
export async function readImports(root: URL, files: readonly string[]): Promise<Import[]> {
  const directory = await Deno.makeTempDir({ prefix: "evently-structure-" });
  try {
    const entry = `${directory}/every_file.ts`;
    const lines = files.map((file) => `import ${JSON.stringify(new URL(file, root).href)};\n`);
    await Deno.writeTextFile(entry, lines.join(""));
    const info: Info = JSON.parse(await deno(root, ["info", "--json", entry]));
    return importsOf(info, root, pathToFileURL(entry).href);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function importsOf({ modules }: Info, root: URL, entry: string): Import[] {
  const imports: Import[] = [];
  for (const { specifier, error, dependencies = [] } of modules) {
    if (error) throw new Error(`Cannot read ${specifier}: ${error}`);
    if (specifier === entry || !specifier.startsWith(root.href)) continue;
    for (const { specifier: written, code, type } of dependencies) {
      const target = (code ?? type)?.specifier;
      if (!target) throw new Error(`Cannot resolve "${written}" in ${specifier}`);
      imports.push({
        from: pathIn(root, specifier),
        to: target.startsWith(root.href) ? pathIn(root, target) : written,
        typeOnly: code === undefined,
      });
    }
  }
  return imports;
}

function pathIn(root: URL, specifier: string): string {
  return decodeURIComponent(specifier.slice(root.href.length));
}

async function deno(root: URL, args: readonly string[]): Promise<string> {
  const config = fileURLToPath(new URL("deno.json", root));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args.slice(0, 1), "--config", config, ...args.slice(1)],
    cwd: fileURLToPath(root),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
