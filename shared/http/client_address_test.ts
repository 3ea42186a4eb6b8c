import assert from "node:assert/strict";
import { addressOf } from "./client_address.ts";

function address(peer: string | undefined, forwarded?: string): string {
  const request = new Request("http://x/", {
    headers: forwarded === undefined ? {} : { "X-Forwarded-For": forwarded },
  });
  return addressOf(
    request,
    peer ? { remoteAddr: { transport: "tcp", hostname: peer, port: 1 } } : {},
  );
}

Deno.test("a public client is taken by its socket, whatever it claims", () => {
  assert.equal(address("203.0.113.7"), "203.0.113.7");
  assert.equal(address("203.0.113.7", "198.51.100.1"), "203.0.113.7");
});

Deno.test("a private neighbour is believed, in the last public entry alone", () => {
  assert.equal(address("10.0.0.2", "198.51.100.9, 203.0.113.7, 10.0.0.5"), "203.0.113.7");
  assert.equal(address("127.0.0.1"), "127.0.0.1");
  assert.equal(address("::1", "192.168.1.9"), "192.168.1.9");
  assert.equal(address(undefined), "unknown");
});
