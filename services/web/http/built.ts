import type { Language } from "@evently/shared/languages";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Encoding } from "./encoded_body.ts";

/** Where `deno task web:build` writes the browser's files. */
const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const ENTRY = "app/client.tsx";
const AT_LOAD = "app/at_load/main.ts";
const STYLES = "styles/main.css";
const CONSOLE = "app/console/mod.ts";
const CONSOLE_STYLES = "styles/console.css";
const consoleMessagesSource = (language: Language) => `app/messages/${language}/console/mod.ts`;
const messagesSource = (language: Language) => `app/messages/${language}/mod.ts`;
/** The service worker of ticket pages: the one built file whose name has no hash, as browsers look for a new one there. */
export const WORKER_FILE = "ticket_worker.js";
/** The face of the largest line of a page: preloaded, as nothing else delays what is seen first. */
const FIRST_FACE = /^anek-condensed-(?!rupee).*\.woff2$/;

/** An entry of Vite's manifest. */
interface ManifestEntry {
  file: string;
  imports?: string[];
  css?: string[];
  assets?: string[];
}

/** What the build has made, by which pages name it. */
export interface Build {
  /** Path of the browser's program. */
  script: string;
  /** Paths of the scripts that the browser's program and a page import, by the page's source (`app/…`). */
  scriptsOf(page: string): string[];
  /** Paths of the scripts that have the texts of a language. */
  messagesOf(language: Language): string[];
  /** Paths of the scripts that every page of the console imports, with its texts. */
  consoleScripts(language: Language): string[];
  /** Path of the console's own style sheet. */
  consoleStyles: string;
  /** Path of the script that runs before the first paint. */
  atLoad: string;
  /** Path and text of the style sheet. */
  styles: { path: string; text: string };
  /** Path of the type face to preload. */
  face: string | undefined;
}

/** The web application was not built. */
export class NotBuilt extends Error {
  override name = "NotBuilt";

  constructor(cause: unknown) {
    super("The web application is not built: run `deno task web:build`", { cause });
  }
}

/**
 * Reads what `deno task web:build` has made.
 *
 * @throws {NotBuilt} there is no build
 */
export async function readBuild(dist: string = DIST): Promise<Build> {
  try {
    const manifest: Record<string, ManifestEntry> = JSON.parse(
      await Deno.readTextFile(join(dist, "manifest.json")),
    );
    const pathOf = (entry: string) => `/assets/${manifest[entry]!.file}`;
    const styles = manifest[STYLES]!;
    const files = [...Object.values(manifest).map(({ file }) => file), ...styles.assets ?? []];
    const face = files.find((file) => FIRST_FACE.test(file));
    return {
      script: pathOf(ENTRY),
      scriptsOf: (page) => importedBy(manifest, [ENTRY, page]).map((file) => `/assets/${file}`),
      messagesOf: (language) =>
        importedBy(manifest, [messagesSource(language)]).map((file) => `/assets/${file}`),
      consoleScripts: (language) =>
        importedBy(manifest, [CONSOLE, consoleMessagesSource(language)])
          .map((file) => `/assets/${file}`),
      consoleStyles: pathOf(CONSOLE_STYLES),
      atLoad: pathOf(AT_LOAD),
      styles: {
        path: `/assets/${styles.file}`,
        text: await Deno.readTextFile(join(dist, styles.file)),
      },
      face: face && `/assets/${face}`,
    };
  } catch (error) {
    throw new NotBuilt(error);
  }
}

/** Files of these entries, and of all that they import at once. */
function importedBy(
  manifest: Readonly<Record<string, ManifestEntry>>,
  entries: readonly string[],
): string[] {
  const names = new Set(entries);
  // A set also iterates over what is added meanwhile.
  for (const name of names) manifest[name]?.imports?.forEach((imported) => names.add(imported));
  return [...names].flatMap((name) => manifest[name]?.file ?? []);
}

/** A file of the build in one encoding. */
export interface BuiltFile {
  bytes: Uint8Array<ArrayBuffer>;
  encoding: Encoding | undefined;
}

/** Names of the build's files: no folders, so no path leads out of `dist/`. */
const FILE_NAME = /^[\w.-]+$/;
const SUFFIX = { br: ".br", gzip: ".gz" } as const;

/**
 * Reads a file of the build, compressed where there is such a file and the client takes it.
 *
 * @returns `undefined` for what the build has not made
 */
export async function readBuiltFile(
  name: string,
  encodings: readonly Encoding[],
  dist: string = DIST,
): Promise<BuiltFile | undefined> {
  if (!FILE_NAME.test(name) || name.startsWith(".")) return undefined;
  for (const encoding of encodings) {
    const bytes = await readOrNothing(join(dist, name + SUFFIX[encoding]));
    if (bytes) return { bytes, encoding };
  }
  const bytes = await readOrNothing(join(dist, name));
  return bytes && { bytes, encoding: undefined };
}

async function readOrNothing(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
