import type { Env } from "@evently/shared/config";
import { DATABASE_VARIABLES } from "@evently/shared/postgres";

/** Many instances share one hosted server, so each pool of an instance stays this small. */
const CONNECTIONS_A_POOL = "2";
const VARIABLES = [...Object.values(DATABASE_VARIABLES), "DATABASE_URL"];

/** The environment with a limit in each database URL that has none of its own. */
export function withSmallPools(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      VARIABLES.includes(name) ? limited(value) : value,
    ]),
  );
}

/** What is no URL stays as it is: the configuration says so in its own words. */
function limited(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || url.searchParams.has("connection_limit")) return text;
  url.searchParams.set("connection_limit", CONNECTIONS_A_POOL);
  return url.href;
}
