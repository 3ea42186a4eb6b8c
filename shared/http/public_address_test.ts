import assert from "node:assert/strict";
import { type AddressKind, addressKind, isAddress } from "./public_address.ts";

const ADDRESSES: Readonly<Record<AddressKind, readonly string[]>> = {
  public: ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"],
  loopback: ["127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"],
  other: [
    // Private, link-local, carrier-grade NAT, "this" network.
    ...["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.0.1", "100.64.0.1"],
    ...["0.0.0.0", "0.1.2.3", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "::"],
    // Metadata services.
    ...["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"],
    // Multicast, broadcast, reserved, documentation, benchmarks.
    ...["224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.1"],
    ...["203.0.113.1", "198.18.0.1", "192.88.99.1", "ff02::1", "100::1", "2001:db8::1", "3fff::1"],
    // IPv4 within IPv6: mapped, 6to4, Teredo, NAT64.
    ...["::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::", "2002:808:808::1"],
    ...["2001::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"],
    // Not an address in its usual form.
    ...[
      "",
      "localhost",
      "127.1",
      "0x7f000001",
      "0177.0.0.1",
      "2130706433",
      "fe80::1%eth0",
      "8.8.8",
    ],
  ],
};

for (const [kind, texts] of Object.entries(ADDRESSES)) {
  Deno.test(`addressKind() tells ${kind} addresses`, () => {
    for (const text of texts) assert.equal(addressKind(text), kind, text);
  });
}

Deno.test("isAddress() takes IPv4 and IPv6 in their usual form", () => {
  for (const text of ["127.0.0.1", "::1", "::ffff:1.2.3.4"]) assert.ok(isAddress(text), text);
  for (const text of ["a.example", "127.1", "1.2.3.4.5", "fe80::1%1"]) assert.ok(!isAddress(text));
});
