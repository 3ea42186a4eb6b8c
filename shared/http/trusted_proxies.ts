import { isWithin, parseAddress, parseRange } from "./ip_address.ts";

/** Proxies in front of this process whose `X-Forwarded-*` headers are trusted. */
export class TrustedProxies {
  readonly #ranges: ReturnType<typeof parseRange>[];

  /**
   * @param ranges addresses and CIDR ranges
   * @throws {RangeError} one of them is neither
   */
  constructor(ranges: readonly string[]) {
    this.#ranges = ranges.map(parseRange);
  }

  /** Whether this address is one of them. */
  includes(text: string): boolean {
    if (this.#ranges.length === 0) return false;
    const address = parseAddress(text);
    return address !== undefined && this.#ranges.some((range) => isWithin(address, range));
  }
}
