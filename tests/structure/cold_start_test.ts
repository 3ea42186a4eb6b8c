import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

const EDGE = fileURLToPath(new URL("../../deploy/edge.ts", import.meta.url));

/** What no start needs: it is loaded by the first request or the first use that does. */
const LATE = [
  /\/services\/web\/app\/storefront\/.*\.tsx$/,
  /\/services\/web\/cover\/(?!kinds)/,
  /\/services\/web\/app\/messages\/\w+\/mod\.ts$/,
  /\/shared\/mail\/(templates|messages)\//,
  /\/services\/(?!gateway\/)\w+\/app\.ts$/,
  /\/services\/(?!web\/|gateway\/)[\w/]+\/(\w+_)?routes\.ts$/,
  /^npm:\/?(react|react-dom|@tanstack\/.*|@base-ui\/.*|@resvg\/.*|@node-rs\/.*|ioredis|yaml|nodemailer|@react-email\/.*)@/,
  /^npm:\/?(@elastic\/.*|@scalar\/.*|@opentelemetry\/.*|hash-wasm|stripe)@/,
];

interface Graph {
  roots: string[];
  redirects: Record<string, string>;
  modules: { specifier: string; dependencies?: Dependency[] }[];
}

interface Dependency {
  code?: { specifier?: string };
  isDynamic?: boolean;
}

Deno.test("edge.ts loads no page, no service's routes and no engine before they are needed", async () => {
  const early = staticImportsOf(await readGraph(EDGE));
  assert.ok(early.length > 100, "the graph is read");
  const found = early.filter((specifier) => LATE.some((late) => late.test(specifier)));
  assert.deepEqual(found, []);
});

Deno.test("Deno reads modules that are imported dynamically only when they are needed", () => {
  assert.ok(config.unstable.includes("lazy-dynamic-imports"));
});

async function readGraph(entry: string): Promise<Graph> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    stdin: "null",
    stderr: "null",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Modules that the root imports, directly or through each other, other than dynamically or as types. */
function staticImportsOf({ roots, redirects, modules }: Graph): string[] {
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const found = new Set(roots);
  for (const specifier of found) {
    for (const { code, isDynamic } of byName.get(specifier)?.dependencies ?? []) {
      if (isDynamic || code?.specifier === undefined) continue;
      found.add(redirects[code.specifier] ?? code.specifier);
    }
  }
  return [...found];
}
