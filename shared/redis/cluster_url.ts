/** A Redis Cluster as an operator names it: nodes to ask first, from which the client learns of all others. */
export interface ClusterAddress {
  /** At least one; the port is 6379 where the URL names none. */
  nodes: { host: string; port: number }[];
  username: string | undefined;
  password: string | undefined;
  /** Whether every node is reached over TLS. */
  tls: boolean;
}

/** The most nodes that a URL names; one that answers is enough. */
const MAX_NODES = 50;
const DEFAULT_PORT = 6379;
const SHAPE = /^redis(s?)\+cluster:\/\/(?:([^@/?#]*)@)?([^@/?#]+)\/?$/;

/** Whether a URL names a Redis Cluster. */
function isClusterUrl(url: string): boolean {
  return /^rediss?\+cluster:/.test(url);
}

/** The options for a `REDIS_URL`, whose scheme tells a server from a cluster. */
export function redisAt(url: string): { kind: "tcp" | "cluster"; url: string } {
  return { kind: isClusterUrl(url) ? "cluster" : "tcp", url };
}

/**
 * Reads `redis+cluster://user:password@host:port,host:port`, with TLS `rediss+cluster://…`. A cluster has one database,
 * so there is no path.
 *
 * @throws {TypeError} it has another form; the text holds nothing of the URL, which may contain a password
 */
export function parseClusterUrl(url: string): ClusterAddress {
  const [, tls, credentials = "", hosts = ""] = SHAPE.exec(url) ?? refuse();
  const nodes = hosts.split(",").map(parseNode);
  if (nodes.length > MAX_NODES) refuse();
  const { username, password } = parseUrl(`redis://${credentials}@host`);
  return {
    nodes,
    username: username === "" ? undefined : decode(username),
    password: password === "" ? undefined : decode(password),
    tls: tls === "s",
  };
}

function parseNode(text: string): { host: string; port: number } {
  const { hostname, port } = parseUrl(`redis://${text}`);
  if (hostname === "") refuse();
  return {
    // Brackets are of the URL, not of the IPv6 address.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? DEFAULT_PORT : Number(port),
  };
}

function parseUrl(text: string): URL {
  return URL.parse(text) ?? refuse();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse();
  }
}

function refuse(): never {
  throw new TypeError(
    "A Redis Cluster must be named as redis+cluster://host:port,host:port (or rediss+cluster://)",
  );
}
