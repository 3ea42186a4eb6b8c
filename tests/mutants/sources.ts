import { fileURLToPath } from "node:url";
import { isProduct } from "../structure/rules.ts";
import type { Sources } from "./mutate.ts";

const ROOT = new URL("../../", import.meta.url);

/** Reads the files that a mutant may change: the product's TypeScript and its migrations, oldest first. */
export async function readSources(): Promise<Sources> {
  const paths = (await listFiles()).filter((path) =>
    isProduct(path) && /(\.tsx?|\.up\.sql)$/.test(path)
  );
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(new URL(path, ROOT))));
  return new Map(paths.map((path, i) => [path, texts[i]!]));
}

/** Paths of the checkout's files, committed or not, that git does not ignore; sorted. */
export async function listFiles(): Promise<string[]> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    cwd: fileURLToPath(ROOT),
  }).output();
  const paths = new TextDecoder().decode(stdout).split("\0").filter(Boolean).toSorted();
  const present = await Promise.all(
    paths.map((path) => Deno.stat(new URL(path, ROOT)).then(() => true, () => false)),
  );
  return paths.filter((_, i) => present[i]);
}
