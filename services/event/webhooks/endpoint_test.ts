import assert from "node:assert/strict";
import { createHookWorld } from "../testing/hooks.ts";
import { createEventWorld } from "../testing/world.ts";
import { assertAddresses, BadEndpoint, readEndpoint } from "./endpoint.ts";
import { resolveEndpoint } from "./resolve_endpoint.ts";

const STRICT = { allowLoopback: false };
const LOOPBACK = { allowLoopback: true };
const PUBLIC = "93.184.215.14";
const NO_ADDRESS = "url must name its host, not an address";
const NOT_PUBLIC = "url must name a host of the public internet";
const NOT_HTTPS = "url must be a URL that begins with https://";

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  [NOT_HTTPS]: [
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//hooks.example.com/",
    "https://",
    "https://exa mple.com/",
    "https://256.256.256.256/",
    "https://[::1/",
    "http://localhost/",
  ],
  "url must have no user and no password": [
    "https://user@hooks.example.com/",
    "https://user:password@hooks.example.com/",
    "https://hooks.example.com@10.0.0.1/",
    "https://:password@hooks.example.com/",
  ],
  "url must have no fragment": ["https://hooks.example.com/#a"],
  [NO_ADDRESS]: [
    "https://127.0.0.1/",
    "https://8.8.8.8/",
    "https://0x7f.0.0.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.1/",
    "https://127.0.0.1./",
    "https://①②⑦.⓪.⓪.①/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fe80::1]/",
    "https://[2606:4700::1111]/",
    "https://169.254.169.254/latest/meta-data/",
  ],
  [NOT_PUBLIC]: [
    "https://localhost/",
    "https://LOCALHOST./",
    "https://a.localhost/",
    "https://metadata.google.internal/",
    "https://printer.local/",
    "https://box.home.arpa/",
    "https://intranet/",
    "https://postgres/",
  ],
  "url must have the port 443 or one from 1024 on": [
    "https://hooks.example.com:80/",
    "https://hooks.example.com:25/",
    "https://hooks.example.com:22/",
    "https://hooks.example.com:1023/",
  ],
};

for (const [rule, texts] of Object.entries(REFUSED)) {
  Deno.test(`readEndpoint() says that ${rule}`, () => {
    for (const text of texts) {
      assert.throws(() => readEndpoint(text, STRICT), new BadEndpoint(rule), text);
    }
  });
}

Deno.test("readEndpoint() takes names of the public internet over https", () => {
  const cases: [string, string, number][] = [
    ["https://hooks.example.com/a?b=c", "hooks.example.com", 443],
    ["https://HOOKS.example.com:8443/", "hooks.example.com", 8_443],
    ["https://hooks.example.com./", "hooks.example.com", 443],
    ["https://münchen.example/", "xn--mnchen-3ya.example", 443],
  ];
  for (const [text, host, port] of cases) {
    const endpoint = readEndpoint(text, STRICT);
    assert.deepEqual([endpoint.host, endpoint.port], [host, port], text);
  }
});

Deno.test("readEndpoint() takes this machine, by http too, only where it is allowed", () => {
  for (const text of ["http://127.0.0.1:9000/", "http://localhost:9000/", "https://[::1]:9000/"]) {
    assert.equal(readEndpoint(text, LOOPBACK).port, 9_000);
    assert.throws(() => readEndpoint(text, STRICT), BadEndpoint);
  }
  for (const text of ["http://10.0.0.1/", "https://192.168.0.1/", "http://169.254.169.254/"]) {
    assert.throws(() => readEndpoint(text, LOOPBACK), BadEndpoint, text);
  }
});

Deno.test("assertAddresses() refuses a name of which any address is not public", () => {
  assertAddresses([PUBLIC, "2606:4700::1111"], STRICT);
  for (const address of ["10.0.0.1", "127.0.0.1", "::1", "fd00:ec2::254", "169.254.169.254"]) {
    assert.throws(() => assertAddresses([PUBLIC, address], STRICT), BadEndpoint, address);
  }
  assert.throws(() => assertAddresses([], STRICT), BadEndpoint);
});

Deno.test("resolveEndpoint() refuses names without an address, and with too many", async () => {
  const endpoint = readEndpoint("https://hooks.example.com/", STRICT);
  const resolve = (resolveName: () => Promise<string[]>) =>
    resolveEndpoint({ ...STRICT, resolveName }, endpoint);
  await assert.rejects(() => resolve(() => Promise.reject(new Error("ENOTFOUND"))), BadEndpoint);
  await assert.rejects(() => resolve(() => Promise.resolve([])), BadEndpoint);
  await assert.rejects(() => resolve(() => Promise.resolve(Array(65).fill(PUBLIC))), BadEndpoint);
  assert.deepEqual(await resolve(() => Promise.resolve([PUBLIC])), [PUBLIC]);
});

Deno.test("POST /admin/webhooks refuses a name that leads to a private address", async () => {
  const addresses: Record<string, string[]> = {
    "good.example.com": [PUBLIC],
    "bad.example.com": ["10.0.0.1"],
    "mixed.example.com": [PUBLIC, "::ffff:192.168.0.1"],
  };
  const resolveName = (name: string) =>
    addresses[name] ? Promise.resolve(addresses[name]) : Promise.reject(new Error("ENOTFOUND"));
  const post = () => Promise.resolve({ status: 204, start: "" });
  await using world = await createEventWorld({}, { resolveName, post });
  const { token } = await world.actor();
  const create = async (host: string) => {
    const body = { url: `https://${host}/`, topics: ["event.changed"] };
    const answer = await world.send("POST", "/admin/webhooks", { token, body });
    return [answer.status, answer.body.error];
  };
  assert.deepEqual(await create("good.example.com"), [201, undefined]);
  const notPublic = "url must name a host whose addresses are all public";
  assert.deepEqual(await create("bad.example.com"), [400, notPublic]);
  assert.deepEqual(await create("mixed.example.com"), [400, notPublic]);
  assert.deepEqual(await create("none.example.com"), [
    400,
    "url must name a host that resolves",
  ]);
});

Deno.test("a name that leads to a private address later is not connected to", async () => {
  let addresses = [PUBLIC];
  const posted: string[] = [];
  await using world = await createHookWorld({
    resolveName: () => Promise.resolve(addresses),
    post({ address, endpoint }) {
      posted.push(`${endpoint.host} ${address}`);
      return Promise.resolve({ status: 204, start: "" });
    },
  });
  const owner = await world.actor();
  const { webhook_id } = await world.hook(owner, { url: "https://hooks.example.com/" });
  const ping = async () => {
    await world.send("POST", `/admin/webhooks/${webhook_id}/ping`, { token: owner.token });
    await world.deliver();
  };
  await ping();
  assert.deepEqual(posted, [`hooks.example.com ${PUBLIC}`]);
  addresses = ["10.0.0.1"];
  world.clock.advance(1);
  await ping();
  assert.equal(posted.length, 1);
  const [delivery] = await world.log(owner, webhook_id);
  assert.equal(delivery.error, "url must name a host whose addresses are all public");
});

Deno.test("a delivery connects to the address that was checked, and looks the name up once", async () => {
  let lookUps = 0;
  const posted: string[] = [];
  await using world = await createHookWorld({
    resolveName: () => Promise.resolve(lookUps++ <= 1 ? [PUBLIC] : ["127.0.0.1"]),
    post({ address }) {
      posted.push(address);
      return Promise.resolve({ status: 204, start: "" });
    },
  });
  const owner = await world.actor();
  const { webhook_id } = await world.hook(owner, { url: "https://hooks.example.com/" });
  await world.send("POST", `/admin/webhooks/${webhook_id}/ping`, { token: owner.token });
  await world.deliver();
  assert.deepEqual([posted, lookUps], [[PUBLIC], 2], "once at registration, once at delivery");
});
