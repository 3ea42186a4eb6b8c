import { addressKind, isAddress } from "@evently/shared/http";

/** The most characters of a webhook's address. */
export const MAX_URL_CHARS = 2_000;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;
/** Below it are the ports of mail, name and file servers, to which nothing is posted. */
const FIRST_FREE_PORT = 1_024;
/** Names that mean this machine or a private network, whatever they resolve to. */
const PRIVATE_SUFFIXES = ["localhost", "local", "internal", "intranet", "home.arpa"];

/** Which endpoints may be posted to. */
export interface EndpointPolicy {
  /** Whether also this machine may be, over http as well: for development. */
  allowLoopback: boolean;
}

/** Where a webhook is posted. */
export interface Endpoint {
  url: URL;
  /** A name, or an address of this machine; without brackets. */
  host: string;
  port: number;
}

/** The address cannot be that of a webhook; the message says why and begins with `url`. */
export class BadEndpoint extends Error {
  override readonly name = "BadEndpoint";
}

/**
 * Reads the address of a webhook, without a look at what its name resolves to. The URL parser has turned every spelling
 * of an IPv4 address (octal, hexadecimal, one number) into the usual one, so that it is seen here.
 *
 * @throws {BadEndpoint}
 */
export function readEndpoint(text: string, { allowLoopback }: EndpointPolicy): Endpoint {
  const url = URL.parse(text);
  if (!url) throw new BadEndpoint("url must be a URL that begins with https://");
  const host = hostOf(url);
  const isLoopback = allowLoopback && isThisMachine(host);
  if (url.protocol !== "https:" && !(isLoopback && url.protocol === "http:")) {
    throw new BadEndpoint("url must be a URL that begins with https://");
  }
  if (url.username !== "" || url.password !== "") {
    throw new BadEndpoint("url must have no user and no password");
  }
  if (url.hash !== "") throw new BadEndpoint("url must have no fragment");
  if (!isLoopback) assertPublicName(host);
  const port = Number(url.port) || (url.protocol === "https:" ? HTTPS_PORT : HTTP_PORT);
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT) {
    throw new BadEndpoint(`url must have the port ${HTTPS_PORT} or one from ${FIRST_FREE_PORT} on`);
  }
  return { url, host, port };
}

/**
 * Asserts that every address of an endpoint may be posted to. One that may not be condemns the others: a name of both
 * kinds is made to deceive.
 *
 * @throws {BadEndpoint}
 */
export function assertAddresses(
  addresses: readonly string[],
  { allowLoopback }: EndpointPolicy,
): void {
  if (addresses.length === 0) throw new BadEndpoint("url must name a host that has an address");
  for (const address of addresses) {
    const kind = addressKind(address);
    if (kind === "public" || (allowLoopback && kind === "loopback")) continue;
    throw new BadEndpoint("url must name a host whose addresses are all public");
  }
}

/** The host without the brackets of IPv6 and the dot of a complete name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || addressKind(host) === "loopback";
}

function assertPublicName(host: string): void {
  // Certificates are for names, and what an address is good for is not known before it is used.
  if (isAddress(host)) throw new BadEndpoint("url must name its host, not an address");
  const isPrivate = PRIVATE_SUFFIXES.some((end) => host === end || host.endsWith(`.${end}`));
  if (isPrivate || !host.includes(".")) {
    throw new BadEndpoint("url must name a host of the public internet");
  }
}
