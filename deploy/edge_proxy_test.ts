import assert from "node:assert/strict";
import { loadConfig, serverSection } from "@evently/shared/config";
import { behindEdge } from "./edge_proxy.ts";

Deno.test("behindEdge() trusts the loopback interface unless the environment names proxies", () => {
  const proxiesOf = (env: Record<string, string>) =>
    loadConfig(behindEdge(env), { server: serverSection("gateway") }).server.trustedProxies;
  assert.deepEqual(proxiesOf({}), ["127.0.0.0/8", "::1"]);
  assert.deepEqual(proxiesOf({ TRUSTED_PROXIES: " " }), ["127.0.0.0/8", "::1"]);
  assert.deepEqual(proxiesOf({ TRUSTED_PROXIES: "203.0.113.0/24" }), ["203.0.113.0/24"]);
});
