/** What Deno Deploy refuses as the name of a variable of an app. */
const FORBIDDEN =
  /^(?:DENO_(?!AUTH_TOKENS$|COMPAT$|CONDITIONS$|DEPLOY_ENDPOINT$|DEPLOY_TOKEN$)|LD_|OTEL_|AWS_ROLE_ARN$|GCP_|AZURE_)/;
const MAX_KEY_BYTES = 128;
const MAX_VALUE_BYTES = 16_384;
/** What Deno Deploy sets itself. */
const PREDEFINED = {
  DENO_DEPLOY: "true",
  DENO_DEPLOY_APP_SLUG: "evently",
  DENO_TIMELINE: "production",
};
/** What Deno needs to find its cache here; there it is at its place. */
const OF_THIS_MACHINE = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME"];

/**
 * The whole environment of an instance: the app's variables, and those that Deno Deploy sets.
 *
 * @throws {TypeError} Deno Deploy would refuse a variable
 * @see https://docs.deno.com/deploy/reference/env_vars_and_contexts/
 */
export function deployEnvironment(
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  for (const [name, value] of Object.entries(variables)) {
    if (FORBIDDEN.test(name) || bytes(name) > MAX_KEY_BYTES || bytes(value) > MAX_VALUE_BYTES) {
      throw new TypeError(`Deno Deploy refuses the variable ${name}`);
    }
  }
  const machine = OF_THIS_MACHINE.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(machine), NO_COLOR: "1", ...PREDEFINED, ...variables };
}
