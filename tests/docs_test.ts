/** Links, paths, tasks and line widths in README.md and docs/ stay true while files move. */
import assert from "node:assert/strict";
import { basename, dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ROOMS = [".ci", "bench", "deploy", "docs", "migrations", "services", "shared", "tests"];
const NOT_OURS = new Set([".git", ".evently", "node_modules", "coverage"]);
/** Fits a terminal. */
const MAX_COLUMNS = 100;
const SOURCE = /\.(ts|sql|sh|toml|yml|json|md|conf)$|\/(run|Dockerfile|env\.example)$/;

interface Page {
  name: string;
  text: string;
}

/** Paths of all files and folders of the checkout, relative to its root. */
async function listTree(folder = ROOT): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    paths.push(relative(ROOT, path));
    if (entry.isDirectory) paths.push(...await listTree(path));
  }
  return paths;
}

const tree = await listTree();
const known = new Set(tree);
const pages: Page[] = await Promise.all(
  tree.filter((path) => path === "README.md" || /^docs\/.*\.md$/.test(path)).map(read),
);

async function read(name: string): Promise<Page> {
  return { name, text: await Deno.readTextFile(join(ROOT, name)) };
}

/** Prose without code blocks. */
function proseOf({ text }: Page): string {
  return text.replace(/^```.*?^```$/gms, "");
}

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsOf({ text }: Page): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
    ),
  );
}

/** Alternatives in braces, written out: `a/{b,c}.ts` is `a/b.ts` and `a/c.ts`. */
function expandBraces(path: string): string[] {
  const found = /\{([^{}]*)\}/.exec(path);
  if (!found) return [path];
  return found[1]!.split(",").flatMap((word) => expandBraces(path.replace(found[0], word)));
}

/** Whether a path, a pattern with `*`, or the end of a path names something in the checkout. */
function exists(path: string): boolean {
  const plain = path.replace(/\/$/, "");
  if (known.has(plain)) return true;
  if (plain.includes("*")) {
    const pattern = plain.replace(/[.+()]/g, "\\$&").replaceAll("*", "[^/]*");
    return tree.some((name) => new RegExp(`^${pattern}$`).test(name));
  }
  return !isRooted(plain) && tree.some((name) => name.endsWith(`/${plain}`));
}

function isRooted(path: string): boolean {
  return ROOMS.includes(path.split("/")[0]!);
}

Deno.test("docs link to files and headings that exist", () => {
  const broken = pages.flatMap((page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    return links.filter((target) => !/^(https?|mailto):/.test(target)).filter((target) => {
      const [file = "", anchor] = target.split("#");
      const name = file ? normalize(join(dirname(page.name), file)) : page.name;
      const linked = pages.find((other) => other.name === name.replace(/\/$/, ""));
      return !exists(name) || (anchor !== undefined && !(linked && anchorsOf(linked).has(anchor)));
    }).map((target) => `${page.name}: ${target}`);
  });
  assert.deepEqual(broken, []);
});

Deno.test("docs name files and folders that exist", () => {
  const stale = pages.flatMap((page) => {
    const quoted = [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
    const words = [...page.text.matchAll(/^```(?:sh)?$.*?^```$/gms)].flatMap(([block]) =>
      block.split(/\s+/).filter(isRooted)
    );
    const paths = [...quoted, ...words].filter((word) =>
      /^[\w.*{},][\w.*{},/-]*$/.test(word) &&
      (isRooted(word) && word.includes("/") || SOURCE.test(word))
    );
    return paths.flatMap(expandBraces).filter((path) => !exists(path))
      .map((path) => `${page.name}: ${path}`);
  });
  assert.deepEqual([...new Set(stale)], []);
});

Deno.test("docs and comments name pages of docs/ that exist", async () => {
  const sources = await Promise.all(tree.filter((path) => SOURCE.test(path)).map(read));
  const stale = sources.filter(({ name }) => basename(name) !== "docs_test.ts").flatMap((source) =>
    [...source.text.matchAll(/\bdocs\/[\w./-]+\.md\b/g)].map(([path]) => path)
      .filter((path) => !known.has(path)).map((path) => `${source.name}: ${path}`)
  );
  assert.deepEqual(stale, []);
});

Deno.test("docs name tasks that exist", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const unknown = pages.flatMap((page) =>
    [...page.text.matchAll(/deno task ([a-z][\w:-]*)/g)].map(([, task = ""]) => task)
      .filter((task) => !(task in tasks)).map((task) => `${page.name}: deno task ${task}`)
  );
  assert.deepEqual(unknown, []);
});

Deno.test("docs have no line over 100 columns", () => {
  const wide = pages.flatMap(({ name, text }) =>
    text.split("\n").flatMap((line, i) =>
      [...line].length > MAX_COLUMNS ? [`${name}:${i + 1}`] : []
    )
  );
  assert.deepEqual(wide, []);
});
