import { lookup } from "node:dns/promises";
import { isAddress } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import { assertAddresses, BadEndpoint, type Endpoint, type EndpointPolicy } from "./endpoint.ts";

/** Addresses of a name; throws if it has none. */
export type ResolveName = (name: string) => Promise<string[]>;

const MAX_LOOKUP_MS = 5_000;
/** Addresses of a name that are looked at; more are refused. */
const MAX_ADDRESSES = 64;

/** Asks the system's resolver, which knows IPv4 and IPv6. */
export const SYSTEM_RESOLVER: ResolveName = async (name) => {
  const found = await lookup(name, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
};

/** How endpoints are looked up. */
export interface ResolveDeps extends EndpointPolicy {
  resolveName: ResolveName;
}

/**
 * Looks up the addresses of an endpoint and asserts that all of them may be posted to. Callers connect to one of these,
 * and never look the name up again: its next answer may be another one.
 *
 * @throws {BadEndpoint} an address is not public; the name has none, or its look-up failed or took too long
 */
export async function resolveEndpoint(
  { resolveName, allowLoopback }: ResolveDeps,
  { host }: Endpoint,
): Promise<string[]> {
  const addresses = isAddress(host) ? [host] : await lookUp(resolveName, host);
  if (addresses.length > MAX_ADDRESSES) {
    throw new BadEndpoint(`url must name a host with at most ${MAX_ADDRESSES} addresses`);
  }
  assertAddresses(addresses, { allowLoopback });
  return addresses;
}

async function lookUp(resolveName: ResolveName, host: string): Promise<string[]> {
  const unresolved = () => new BadEndpoint("url must name a host that resolves");
  return await within(
    MAX_LOOKUP_MS,
    resolveName(host).catch(() => Promise.reject(unresolved())),
    () => {
      throw unresolved();
    },
  );
}
