import { isIP } from "node:net";

/**
 * The addresses of a host, sorted, so that every process has them in the same order: those of IPv4, or of IPv6 where there
 * is none, as both may lead to the same process. Asks as `connect` does, so `/etc/hosts` and search domains count.
 *
 * @throws {Error} the name is unknown, or the program may not look it up (`--allow-net=host`, without a port)
 */
export async function resolveHost(host: string): Promise<string[]> {
  const { lookup } = await import("node:dns/promises");
  const found = (await lookup(host, { all: true })).map(({ address }) => address);
  const ofIpv4 = found.filter((address) => isIP(address) === 4);
  return [...new Set(ofIpv4.length > 0 ? ofIpv4 : found)].sort();
}
