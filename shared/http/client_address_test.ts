import assert from "node:assert/strict";
import { addressOf, schemeOf } from "./client_address.ts";
import { TrustedProxies } from "./trusted_proxies.ts";

const PROXIES = ["10.0.0.0/8", "2001:db8:f::/48"];

function hopFrom(peer: string, trusted: readonly string[] = PROXIES) {
  return {
    remoteAddr: { transport: "tcp", hostname: peer, port: 1 } as const,
    trustedProxies: new TrustedProxies(trusted),
  };
}

function address(peer: string, forwarded?: string, trusted?: readonly string[]): string {
  const request = new Request("http://x/", {
    headers: forwarded === undefined ? {} : { "X-Forwarded-For": forwarded },
  });
  return addressOf(request, hopFrom(peer, trusted));
}

Deno.test("addressOf() ignores the headers of an untrusted client", () => {
  assert.equal(address("203.0.113.7"), "203.0.113.7");
  assert.equal(address("203.0.113.7", "198.51.100.1"), "203.0.113.7");
});

Deno.test("addressOf() trusts only configured proxies, even in private networks", () => {
  for (const peer of ["10.0.0.2", "127.0.0.1", "192.168.1.9", "172.16.0.1"]) {
    assert.equal(address(peer, "198.51.100.1", []), peer);
  }
  assert.equal(addressOf(new Request("http://x/"), {}), "unknown");
});

Deno.test("addressOf() takes the right-most entry that is not a trusted proxy", () => {
  assert.equal(address("10.0.0.2", "198.51.100.9, 203.0.113.7, 10.0.0.5"), "203.0.113.7");
  assert.equal(address("10.0.0.2", "203.0.113.7,2001:db8:f:1::5"), "203.0.113.7");
  assert.equal(address("10.0.0.2", "192.168.1.9"), "192.168.1.9");
  assert.equal(address("10.0.0.2"), "10.0.0.2");
  assert.equal(address("10.0.0.2", "10.0.0.3, 10.0.0.4"), "10.0.0.3");
});

Deno.test("addressOf() stops at an entry that is not an address and counts its proxy", () => {
  for (
    const nonsense of [
      "unknown",
      "evil",
      "",
      "999.1.1.1",
      "1.2.3",
      "010.1.1.1",
      "1.2.3.4:80",
      "::g",
    ]
  ) {
    assert.equal(address("10.0.0.2", `203.0.113.7, ${nonsense}`), "10.0.0.2", nonsense);
    assert.equal(address("10.0.0.2", `203.0.113.7, ${nonsense}, 10.0.0.9`), "10.0.0.9", nonsense);
  }
});

Deno.test("addressOf() reads a bounded number of entries", () => {
  assert.equal(
    address("10.0.0.2", ["203.0.113.7", ...Array(16).fill("10.0.0.3")].join()),
    "10.0.0.3",
  );
});

Deno.test("addressOf() counts IPv6 by its /64, and IPv4 mapped into it as IPv4", () => {
  assert.equal(address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(address("2001:0DB8:1:2::"), "2001:db8:1:2::/64");
  assert.equal(address("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.equal(address("::ffff:203.0.113.7"), "203.0.113.7");
  assert.equal(address("::ffff:cb00:7107"), "203.0.113.7");
  assert.equal(address("::ffff:10.0.0.2", "::ffff:198.51.100.1"), "198.51.100.1");
});

Deno.test("schemeOf() reads X-Forwarded-Proto only from trusted proxies", () => {
  const secure = new Request("http://x/", { headers: { "X-Forwarded-Proto": "https" } });
  assert.equal(schemeOf(secure, hopFrom("10.0.0.2")), "https");
  assert.equal(schemeOf(secure, hopFrom("10.0.0.2", [])), "http");
  assert.equal(schemeOf(secure, hopFrom("203.0.113.7")), "http");
  assert.equal(schemeOf(secure, {}), "http");
  assert.equal(schemeOf(new Request("https://x/"), {}), "https");
  const nonsense = new Request("http://x/", { headers: { "X-Forwarded-Proto": "javascript" } });
  assert.equal(schemeOf(nonsense, hopFrom("10.0.0.2")), "http");
});
