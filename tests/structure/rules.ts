import { circlesOf } from "./circles.ts";
import type { Import } from "./imports.ts";

/** The TypeScript files of a checkout and what they import. */
export interface Checkout {
  /** Source text by path from the root. */
  sources: ReadonlyMap<string, string>;
  imports: readonly Import[];
}

/** One rule of the house. */
export interface Rule {
  name: string;
  /** What breaks the rule, one line each; empty where the rule holds. */
  violations(checkout: Checkout): string[];
}

/** Rooms of proof and measurement, which no other file may import. */
const PROOF = /^(tests|bench)\//;
const TEST = /_test\.ts$/;
const TESTING = /(^|\/)testing(\/|\.ts$)/;
/** Hono and zod, by which the HTTP side of a service is recognised. */
const HTTP = /^(npm:\/?)?(hono|zod|@hono\/[^/]+)(@|\/|$)/;
const ROUTES = /^services\/.*[/_](routes?|route_types)\.ts$/;
const WIRE = /^services\/.*[/_](wire|schemas?|requests?|responses?)\.ts$/;
const SQL_FILE = /(_sql|(^|[/_])store)\.ts$/;
/** The start of a statement in a template string, but for a ping's `SELECT 1`. */
const SQL_TEXT = /`\s*(WITH\s+\w+|SELECT(?! 1`)|INSERT INTO|UPDATE \w+|DELETE FROM)\b/;
const WRITES_EVENTS = /\b(INSERT INTO|UPDATE|DELETE FROM) (events|venues)\b/;
/** Files that write events or venues. Their callers number the change: services/event/search_feed/numbering_test.ts. */
const EVENT_WRITERS: ReadonlySet<string> = new Set([
  "services/event/events/event_changes_sql.ts",
  "services/event/inventory/direct_seats_sql.ts",
  "services/event/seed.ts",
  "services/event/venues/venues_sql.ts",
]);
/** Clients of other services, which parse what they receive with zod. */
const PEERS = /\/peers\//;
/** Files that put a service or the platform together, so that they import from every layer. */
const COMPOSITION = /(^|\/)(app|main|mod|open|deps|platform|seed|batches)\.ts$/;
/** Files that may combine services: the gateway opens all of them in one process. */
const COMBINES_SERVICES = /^(services\/gateway|deploy)\//;

export const RULES: readonly Rule[] = [
  importRule("no file outside of tests/ and bench/ imports them", ({ from, to }) => {
    return PROOF.test(to) && !PROOF.test(from);
  }),
  importRule("tests/ and product code do not import bench/", ({ from, to }) => {
    return to.startsWith("bench/") && !from.startsWith("bench/");
  }),
  importRule("product code imports no testing/ folder and no test", ({ from, to }) => {
    return isProduct(from) && (TESTING.test(to) || TEST.test(to));
  }),
  {
    name: "product code has no import circle; imports of types count",
    violations: ({ imports }) =>
      circlesOf(imports.filter(({ from, to }) => isProduct(from) && isProduct(to)))
        .map((circle) => circle.join(" -> ")),
  },
  importRule("shared/ and migrations/ import no service", ({ from, to }) => {
    return isProduct(from) && /^(shared|migrations)\//.test(from) && to.startsWith("services/");
  }),
  importRule("a service imports only types of another, from its entry", (found) => {
    const [own, other] = [serviceOf(found.from), serviceOf(found.to)];
    if (!own || !other || own === other || !isProduct(found.from)) return false;
    return other === "gateway" || found.to !== `services/${other}/mod.ts` ||
      !(found.typeOnly || COMBINES_SERVICES.test(found.from));
  }),
  importRule("only routes and compositions import routes", ({ from, to }) => {
    return isProduct(from) && ROUTES.test(to) && !ROUTES.test(from) && !COMPOSITION.test(from);
  }),
  {
    name: "SQL stands in no file of routes or wire shapes",
    violations: ({ sources }) =>
      [...sources].filter(([path, text]) => {
        return isProduct(path) && (ROUTES.test(path) || WIRE.test(path)) && SQL_TEXT.test(text);
      }).map(([path]) => path),
  },
  {
    name: "SQL files import no zod, Hono, routes or wire shapes",
    violations: ({ sources, imports }) => {
      const sqlFiles = new Set([...sources].filter(isSql).map(([path]) => path));
      return arrows(imports, ({ from, to }) => {
        return sqlFiles.has(from) && (HTTP.test(to) || ROUTES.test(to) || WIRE.test(to));
      });
    },
  },
  {
    name: "only known files write events and venues, whose changes the change feed must number",
    violations: ({ sources }) =>
      [...sources].filter(([path, text]) => {
        return isProduct(path) && WRITES_EVENTS.test(text) && !EVENT_WRITERS.has(path);
      }).map(([path]) => path),
  },
  {
    name: "SQL files import no verb",
    violations: ({ sources, imports }) =>
      arrows(imports, ({ from, to }) => {
        return isProduct(from) && SQL_FILE.test(from) && !SQL_FILE.test(to) &&
          isVerb(to, sources.get(to));
      }),
  },
  {
    name: "verbs import no Hono",
    violations: ({ sources, imports }) =>
      arrows(imports, ({ from, to }) => {
        return isProduct(from) && from.startsWith("services/") && !COMPOSITION.test(from) &&
          !ROUTES.test(from) && !WIRE.test(from) && !PEERS.test(from) &&
          isVerb(from, sources.get(from)) &&
          HTTP.test(to);
      }),
  },
  importRule("event/inventory imports zod and Hono only in routes and wire shapes", (found) => {
    return isProduct(found.from) && found.from.startsWith("services/event/inventory/") &&
      !ROUTES.test(found.from) && !WIRE.test(found.from) &&
      (HTTP.test(found.to) || ROUTES.test(found.to) || WIRE.test(found.to));
  }),
];

/** Whether a path is a file of the product: neither test, nor test support, nor tool of the CI. */
export function isProduct(path: string): boolean {
  return /^(services|shared|migrations|deploy)\//.test(path) && !TEST.test(path) &&
    !TESTING.test(path);
}

function importRule(name: string, breaks: (found: Import) => boolean): Rule {
  return { name, violations: ({ imports }) => arrows(imports, breaks) };
}

function arrows(imports: readonly Import[], breaks: (found: Import) => boolean): string[] {
  return imports.filter(breaks).map(({ from, to }) => `${from} -> ${to}`);
}

function serviceOf(path: string): string | undefined {
  return /^services\/([^/]+)\//.exec(path)?.[1];
}

function isSql([path, text]: [string, string]): boolean {
  return isProduct(path) && path.startsWith("services/") &&
    (SQL_FILE.test(path) || SQL_TEXT.test(text));
}

/** A verb exports the function that its file is named after: `reserve_seats.ts` exports `reserveSeats`. */
function isVerb(path: string, text = ""): boolean {
  const stem = /([a-z0-9]+_[a-z0-9_]+)\.ts$/.exec(path)?.[1];
  const name = stem?.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return name !== undefined && new RegExp(`^export (async )?function ${name}\\b`, "m").test(text);
}
