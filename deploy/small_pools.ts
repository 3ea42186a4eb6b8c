import type { Env } from "@evently/shared/config";
import { DATABASE_VARIABLES } from "@evently/shared/postgres";

/** Limit per pool, since many instances share one hosted server. */
const CONNECTIONS_A_POOL = "2";
const VARIABLES = [...Object.values(DATABASE_VARIABLES), "DATABASE_URL"];

/** Adds `connection_limit` to each database URL that has none. */
export function withSmallPools(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      VARIABLES.includes(name) ? limited(value) : value,
    ]),
  );
}

/** Malformed URLs stay unchanged; loading the configuration reports them. */
function limited(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || url.searchParams.has("connection_limit")) return text;
  url.searchParams.set("connection_limit", CONNECTIONS_A_POOL);
  return url.href;
}
