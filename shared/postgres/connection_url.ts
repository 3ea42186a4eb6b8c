import { isIP } from "node:net";

/** A parsed connection string, in the form of the client. */
export interface ConnectionTarget {
  url: string;
  /** A pooler that changes the server connection with every transaction stands in between. */
  pooled: boolean;
  /** The most connections that one pool may open, by `?connection_limit=`. */
  connectionLimit: number | undefined;
  /** How the server's certificate is checked; `undefined` where the URL asks for no check. */
  tls: TlsCheck | undefined;
}

/** How a server's certificate is verified, in the form of Node's TLS. */
export interface TlsCheck {
  /** Whom the certificate must name, where that is an address: else the client would compare with `localhost`. */
  host?: string;
  /** The authorities that are trusted instead of the system's: PEM. */
  ca?: string;
}

/** What verifies: this client checks the name for both. */
const VERIFYING_MODES = new Set(["verify-ca", "verify-full"]);
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^]+-----END CERTIFICATE-----/;

/** Parameters of other clients: this client would pass them on, and the server refuses unknown ones. */
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

const NEON_HOST = ".neon.tech";
/** The shared pooler, and the host of a project with a pooler of its own. */
const SUPABASE_HOST = /\.(?:pooler\.supabase\.com|supabase\.co)$/;
/** Transactions by either; the other ports lead to sessions. */
const SUPABASE_TRANSACTION_PORT = "6543";

/**
 * Reads a connection string as hosts hand it out.
 *
 * Pooled are Neon's `-pooler.` hosts, port 6543 of Supabase's, and whatever says `?pgbouncer=true` or `?prepare=false`.
 *
 * `sslmode=require` encrypts but does not verify; `verify-full` does both, against the name or the address of the host.
 * Neon is verified in any case, as a public authority signs its certificates. `sslrootcert` is `system`, or
 * certificates themselves: see `withCaCertificate()`.
 *
 * @throws {TypeError} it is no `postgres://` URL, or names a file; the text does not repeat it, as it may hold a password
 */
export function parseConnectionUrl(text: string): ConnectionTarget {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new TypeError(
      "Cannot connect as the database URL must look like postgres://user:password@host:port/name",
    );
  }
  const pooled = isPooledUrl(url);
  const limit = Number(url.searchParams.get("connection_limit"));
  const connectionLimit = Number.isSafeInteger(limit) && limit > 0 ? limit : undefined;
  const tls = takeTlsCheck(url);
  for (const name of FOREIGN_PARAMETERS) url.searchParams.delete(name);
  return { url: url.href, pooled, connectionLimit, tls };
}

/**
 * The same URL, whose server must have a certificate of these authorities.
 *
 * @param pem one or more certificates; `\\n` stands for a line's end where a variable cannot have one
 * @throws {TypeError} it holds no certificate, or the URL says that nothing is encrypted
 */
export function withCaCertificate(text: string, pem: string | undefined): string {
  if (!pem) return text;
  const certificates = pem.replaceAll("\\n", "\n");
  if (!PEM_CERTIFICATE.test(certificates)) {
    throw new TypeError("must be certificates in PEM form: -----BEGIN CERTIFICATE----- …");
  }
  const url = new URL(text);
  if (url.searchParams.get("sslmode") === "disable") {
    throw new TypeError("cannot be checked as the database URL says sslmode=disable");
  }
  url.searchParams.set("sslrootcert", certificates);
  return url.href;
}

/** Takes out of the URL how the certificate is checked. */
function takeTlsCheck(url: URL): TlsCheck | undefined {
  const root = url.searchParams.get("sslrootcert");
  const ca = root !== null && PEM_CERTIFICATE.test(root) ? root : undefined;
  if (root !== null && root !== "system" && !ca) {
    throw new TypeError(
      "Cannot connect as sslrootcert of the database URL can be `system` alone, and no file: " +
        "set DATABASE_CA_CERT to the certificate itself",
    );
  }
  const mode = url.searchParams.get("sslmode") ?? "";
  const verifies = root !== null || VERIFYING_MODES.has(mode) ||
    (url.hostname.endsWith(NEON_HOST) && mode !== "disable");
  if (!verifies) return undefined;
  url.searchParams.delete("sslmode");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { ...(isIP(host) ? { host } : {}), ...(ca ? { ca } : {}) };
}

/** Whether a pooler that lends a connection for a transaction is there. */
export function isPooledUrl(url: URL): boolean {
  return url.hostname.includes("-pooler.") ||
    (SUPABASE_HOST.test(url.hostname) && url.port === SUPABASE_TRANSACTION_PORT) ||
    url.searchParams.get("pgbouncer") === "true" ||
    url.searchParams.get("prepare") === "false";
}
