/** Environment of one pass over the tests. */
export type TestEnvironment = Record<string, string> & { TEST_STORES: "embedded" | "real" };

/** What tells a child how to run on this machine; nothing that configures the platform. */
const PASSED_ON = new Set([
  "CI",
  "HOME",
  "JAVA_HOME",
  "LANG",
  "NO_COLOR",
  "NO_PROXY",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "PATH",
  "TERM",
  "TEST_PATH",
  "TEST_REPLAY_PATH",
  "TEST_ROUNDS",
  "TEST_SEED",
  "TMPDIR",
  "XDG_CACHE_HOME",
]);
/** Deno's own and npm's settings: caches, registries, number of workers. */
const PASSED_ON_PREFIX = /^(DENO_|NPM_CONFIG_)/i;

/** The variable of the platform for each store, and the one that the tests read. */
const STORES: Readonly<Record<string, string>> = {
  DATABASE_URL: "TEST_DATABASE_URL",
  REDIS_URL: "TEST_REDIS_URL",
  ELASTICSEARCH_URL: "TEST_ELASTICSEARCH_URL",
};

/** For tests on the embedded stores: the given PostgreSQL, the rest inside of the test process. */
export function embeddedEnvironment(
  variables: Readonly<Record<string, string>>,
  postgresUrl: string,
): TestEnvironment {
  const kept = Object.entries(variables).filter(([name]) =>
    PASSED_ON.has(name) || PASSED_ON_PREFIX.test(name)
  );
  return { ...Object.fromEntries(kept), TEST_STORES: "embedded", TEST_DATABASE_URL: postgresUrl };
}

/** For tests on the real stores that `variables` name, over the embedded ones; `undefined` if it names none. */
export function realEnvironment(
  variables: Readonly<Record<string, string>>,
  embedded: TestEnvironment,
): TestEnvironment | undefined {
  const named = Object.entries(STORES).flatMap(([variable, forTests]) => {
    const url = variables[variable];
    return url ? [[forTests, url]] : [];
  });
  if (named.length === 0) return undefined;
  return { ...embedded, ...Object.fromEntries(named), TEST_STORES: "real" };
}
