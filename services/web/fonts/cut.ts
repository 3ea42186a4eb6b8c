/**
 * `deno task web:fonts`: cuts every face anew from its package, and writes the measures of the fallbacks. What it writes
 * is committed, so that a build needs neither.
 */
import { fileURLToPath } from "node:url";
import { cut, type Face, FACES } from "./faces.ts";
import { fallbackStyles } from "./fallbacks.ts";

const PACKAGES = {
  "anek-latin": import.meta.resolve("@fontsource-variable/anek-latin/package.json"),
  "anek-devanagari": import.meta.resolve("@fontsource-variable/anek-devanagari/package.json"),
};
const FALLBACK_STYLES = fileURLToPath(new URL("../styles/fallbacks.css", import.meta.url));

for (const face of FACES) {
  const bytes = await cut(await Deno.readFile(sourceOf(face)), { ...face, format: "woff2" });
  await Deno.writeFile(pathOf(face.file), bytes);
}
await Deno.writeTextFile(
  FALLBACK_STYLES,
  await fallbackStyles((file) => Deno.readFile(pathOf(file))),
);

function sourceOf({ source: [packageName, name] }: Face): string {
  return fileURLToPath(new URL(`files/${name}.woff2`, PACKAGES[packageName]));
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
