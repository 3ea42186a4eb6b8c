/** What a connection string says, in the form that the client understands. */
export interface ConnectionTarget {
  url: string;
  /** A pooler that changes the server connection with every transaction stands in between. */
  pooled: boolean;
  /** The most connections that one pool may open, by `?connection_limit=`. */
  connection_limit: number | undefined;
}

/** Parameters of other clients: this one would hand them on, and the server refuses what it does not know. */
const FOREIGN_PARAMETERS = [
  "channel_binding",
  "connection_limit",
  "gssencmode",
  "pgbouncer",
  "pool_timeout",
  "prepare",
  "schema",
  "sslcert",
  "sslkey",
  "sslrootcert",
  "uselibpqcompat",
];

const SUPABASE_TRANSACTION_PORT = "6543";

/**
 * Reads a connection string as hosts hand it out.
 *
 * Pooled are Neon's `-pooler.` hosts, Supabase's port 6543, and whatever says `?pgbouncer=true` or
 * `?prepare=false`. `sslmode=require` encrypts but does not verify; `verify-full` does both.
 *
 * @throws {TypeError} it is no `postgres://` URL; the text does not repeat it, as it may hold a password
 */
export function parseConnectionUrl(text: string): ConnectionTarget {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new TypeError(
      "Cannot connect as the database URL must look like postgres://user:password@host:port/name",
    );
  }
  const pooled = isPooled(url);
  const limit = Number(url.searchParams.get("connection_limit"));
  const connection_limit = Number.isSafeInteger(limit) && limit > 0 ? limit : undefined;
  if (url.searchParams.get("sslrootcert") === "system") {
    url.searchParams.set("sslmode", "verify-full");
  }
  for (const name of FOREIGN_PARAMETERS) url.searchParams.delete(name);
  return { url: url.href, pooled, connection_limit };
}

function isPooled(url: URL): boolean {
  return url.hostname.includes("-pooler.") ||
    (url.hostname.endsWith(".supabase.com") && url.port === SUPABASE_TRANSACTION_PORT) ||
    url.searchParams.get("pgbouncer") === "true" ||
    url.searchParams.get("prepare") === "false";
}
