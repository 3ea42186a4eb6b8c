import type { Mutant } from "./mutate.ts";

const MIGRATOR_TESTS = "shared/postgres/migrations/migrator_test.ts";
const URL_TESTS = "shared/postgres/connection_url_test.ts";
const TIMELINE_TESTS = "deploy/own_databases_test.ts";
const POOL_TESTS = "deploy/small_pools_test.ts";

/** Defects of a deployment on hosted stores. */
export const EDGE_MUTANTS: readonly Mutant[] = [
  {
    name: "a deployment takes away what the running release still uses",
    edits: [{
      in: "createMigrator",
      find: "({ contracts }) => isEmpty || !contracts",
      replace: "({ contracts }) => isEmpty || contracts !== undefined",
    }],
    tests: [MIGRATOR_TESTS],
  },
  {
    name: "a deployment lets a migration that expands wait behind one that contracts",
    edits: [{
      in: "createMigrator",
      find: "if (!first || !behind) return names;",
      replace: "if (!first || !behind || names) return names;",
    }],
    tests: [MIGRATOR_TESTS],
  },
  {
    name: "a preview uses production's databases",
    edits: [{
      in: "requireOwnDatabases",
      find: "missing.length === 0",
      replace: "missing.length >= 0",
    }],
    tests: [TIMELINE_TESTS],
  },
  {
    name: "Neon's certificate is not verified",
    edits: [{
      in: "takeTlsCheck",
      find: `mode !== "disable"`,
      replace: `mode === "disable"`,
    }],
    tests: [URL_TESTS],
  },
  {
    name: "the transactions of Supabase's pooler are taken for sessions",
    edits: [{
      in: "SUPABASE_TRANSACTION_PORT",
      find: `"6543"`,
      replace: `"5432"`,
    }],
    tests: [URL_TESTS],
  },
  {
    name: "each instance has as many connections as a server of its own",
    edits: [{
      in: "small_pools/limited",
      find: `url.searchParams.set("connection_limit", limit);`,
      replace: `void limit;`,
    }],
    tests: [POOL_TESTS],
  },
];
