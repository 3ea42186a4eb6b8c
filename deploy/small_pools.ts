import type { Env } from "@evently/shared/config";
import { DATABASE_VARIABLES, isPooledUrl } from "@evently/shared/postgres";

/** Limits per pool, since many instances share one hosted server. A pooler before it lends its own to all of them. */
const CONNECTIONS_A_POOL = "2";
const CONNECTIONS_TO_A_POOLER = "4";
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
  const limit = isPooledUrl(url) ? CONNECTIONS_TO_A_POOLER : CONNECTIONS_A_POOL;
  url.searchParams.set("connection_limit", limit);
  return url.href;
}
