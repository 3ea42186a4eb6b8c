import ipaddr from "ipaddr.js";

/** Public by its range, but what cloud providers answer there is for their own machines. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(["168.63.129.16"]);
/** All of IPv6 that is routed on the public internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** What an address is, as far as requests to strangers care. */
export type AddressKind = "public" | "loopback" | "other";

/**
 * Tells public addresses from those of this machine, of private networks and of special use: private, link-local,
 * carrier-grade NAT, multicast, documentation, reserved, unique local, 6to4, Teredo, NAT64 and metadata services are
 * `other`. An IPv4 address that is mapped into IPv6 is what the IPv4 address is. A text that is no address is `other`.
 */
export function addressKind(text: string): AddressKind {
  if (!isAddress(text)) return "other";
  const address = ipaddr.process(text);
  const range = address.range();
  if (range === "loopback") return "loopback";
  if (range !== "unicast" || METADATA_ADDRESSES.has(address.toString())) return "other";
  if (address.kind() === "ipv6" && !(address as ipaddr.IPv6).match(GLOBAL_UNICAST)) return "other";
  return "public";
}

/** Whether a text is an IP address in its usual form; octal, hexadecimal and shortened IPv4 are not. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) ||
    (text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text));
}
