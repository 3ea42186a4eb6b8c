/** Environment variables of one pass over the tests. */
export type TestEnvironment = Record<string, string> & { TEST_STORES: "embedded" | "real" };

/** Machine and test variables that are passed to tests; none of them configures the platform. */
const PASSED_ON = new Set([
  "CHROME_PATH",
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
  "TEST_DATABASE_WORKERS",
  "TEST_PATH",
  "TEST_REPLAY_PATH",
  "TEST_ROUNDS",
  "TEST_SEED",
  "TMPDIR",
  "XDG_CACHE_HOME",
]);
/** Settings of Deno and npm: caches, registries, number of workers. */
const PASSED_ON_PREFIX = /^(DENO_|NPM_CONFIG_)/i;

/** Variable of the platform for each store, and the corresponding variable of the tests. */
const STORES: Readonly<Record<string, string>> = {
  DATABASE_URL: "TEST_DATABASE_URL",
  REDIS_URL: "TEST_REDIS_URL",
  ELASTICSEARCH_URL: "TEST_ELASTICSEARCH_URL",
};

/** Environment for the embedded stores: the given PostgreSQL; other stores run in the test process. */
export function embeddedEnvironment(
  variables: Readonly<Record<string, string>>,
  postgresUrl: string,
): TestEnvironment {
  const kept = Object.entries(variables).filter(([name]) =>
    PASSED_ON.has(name) || PASSED_ON_PREFIX.test(name)
  );
  return { ...Object.fromEntries(kept), TEST_STORES: "embedded", TEST_DATABASE_URL: postgresUrl };
}

/** Environment for the real stores that `variables` name, else embedded; `undefined` if they name none. */
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
