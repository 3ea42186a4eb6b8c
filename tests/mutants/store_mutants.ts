import type { Mutant } from "./mutate.ts";

const SPLIT_TESTS = "shared/redis/split_by_key_test.ts";
const LIMIT_TESTS = "shared/postgres/time_limits_test.ts";
const NODE_TESTS = "services/search/index/elasticsearch/trouble_test.ts";

/** Defects of the ways to clusters of stores and to poolers. */
export const STORE_MUTANTS: readonly Mutant[] = [
  {
    name: "a key of MGET that a cluster refused is taken for absent",
    edits: [{ in: "split_by_key/joined", find: "failed(outcomes) ??", replace: "" }],
    tests: [SPLIT_TESTS],
  },
  {
    name: "a cluster's hold documents get each other's time to live",
    edits: [{ in: "split_by_key/splitSetEach", find: "values[2 * i + 1]", replace: "values[1]" }],
    tests: [SPLIT_TESTS],
  },
  {
    name: "a time limit that an operator has set is replaced",
    edits: [{ in: "setTimeLimits", find: "!row.set.includes(name)", replace: 'name !== ""' }],
    tests: [LIMIT_TESTS],
  },
  {
    name: "a role that may not be altered fails the migration",
    edits: [{
      in: "setTimeLimits",
      find: "if (!(error instanceof postgres.PostgresError)) throw error;",
      replace: "throw error;",
    }],
    tests: [LIMIT_TESTS],
  },
  {
    name: "missing time limits through a pooler are not told",
    edits: [{ in: "checkTimeLimits", find: "AND setting = '0'", replace: "AND setting = ''" }],
    tests: [LIMIT_TESTS],
  },
  {
    name: "a request to a lost node of Elasticsearch does not go on to the next",
    edits: [{ in: "elasticsearch/connect", find: "nodes.length - 1", replace: "0" }],
    tests: [NODE_TESTS],
  },
];
