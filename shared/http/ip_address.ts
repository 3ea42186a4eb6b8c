import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The first address of a range, and how many bits all of its addresses share with it. */
type Range = readonly [first: Address, prefixBits: number];

const IPV6_NETWORK_PARTS = 4;
const MAPPED_PREFIX_BITS = 96;

/** Parses an address; IPv4 mapped into IPv6 becomes IPv4. Returns `undefined` for anything else. */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(":") && ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined;
}

/**
 * Who an address is to a limit: itself for IPv4, its /64 for IPv6, as one subscriber has a whole /64 to send
 * from. A text that is no address stays as it is.
 */
export function countedAs(text: string): string {
  if (!text.includes(":")) return text;
  const address = parseAddress(text);
  if (!address) return text;
  if (address.kind() === "ipv4") return address.toString();
  const network = (address as ipaddr.IPv6).parts.slice(0, IPV6_NETWORK_PARTS);
  return `${network.map((part) => part.toString(16)).join(":")}::/64`;
}

/**
 * Reads an address or a CIDR range.
 *
 * @throws {RangeError} the text is malformed; the message says how
 */
export function parseRange(text: string): Range {
  const [written = "", bits, ...more] = text.split("/");
  const address = more.length === 0 ? parseAddress(written) : undefined;
  if (!address) throw new RangeError(`${text} is no address and no CIDR range`);
  const allBits = address.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return [address, allBits];
  const isMapped = allBits === 32 && written.includes(":");
  const prefixBits = Number(bits) - (isMapped ? MAPPED_PREFIX_BITS : 0);
  if (!/^\d{1,3}$/.test(bits) || prefixBits < 0 || prefixBits > allBits) {
    throw new RangeError(`${text} is no CIDR range: the prefix has at most ${allBits} bits`);
  }
  if (prefixBits === 0) throw new RangeError(`${text} is every address there is`);
  const first = firstOf(address, prefixBits);
  if (first.toString() !== address.toString()) {
    throw new RangeError(`${text} has bits beyond its prefix: it begins at ${first}`);
  }
  return [address, prefixBits];
}

function firstOf(address: Address, prefixBits: number): Address {
  return address.kind() === "ipv4"
    ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefixBits}`)
    : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefixBits}`);
}

/** Whether the address is in the range; an address of the other family never is. */
export function isWithin(address: Address, [first, prefixBits]: Range): boolean {
  // Both families have a `match` for their own kind.
  return address.kind() === first.kind() &&
    (address as ipaddr.IPv6).match(first as ipaddr.IPv6, prefixBits);
}
