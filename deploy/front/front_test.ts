import assert from "node:assert/strict";
import { parseAnswer, readAll, sendRaw } from "@evently/shared/testing";
import { echoService, gatewayBeforeEchoes } from "../../services/gateway/testing/world.ts";
import { NGINX, startFront } from "./testing.ts";

const ANY_PORT = { hostname: "127.0.0.1", port: 0, onListen() {} };
const GET = ["GET /api/user/echo HTTP/1.1", "Host: front.example"];
/** Short timeouts, as these connections end only by the front's own clock. */
const SHORT = {
  client_header_timeout: "50ms",
  client_body_timeout: "50ms",
  keepalive_timeout: "50ms",
  lingering_timeout: "50ms",
};

function frontTest(name: string, test: () => Promise<void>): void {
  Deno.test({ name, ignore: NGINX === undefined, fn: test });
}

/** A real server with a gateway before echoing services. */
function serveGateway({ bodyTimeoutMs = 10_000 } = {}) {
  const { app } = gatewayBeforeEchoes({ bodyTimeoutMs });
  return Deno.serve(
    ANY_PORT,
    (request, { remoteAddr }) => app.fetch(request, { remoteAddr }),
  );
}

/** Sends a text and reads until the front closes the connection. */
async function sendAndWait(port: number, text: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  if (text !== "") await connection.write(new TextEncoder().encode(text));
  return await readAll(connection);
}

frontTest("nginx closes connections that send nothing or half a head, or stay idle", async () => {
  await using gateway = serveGateway();
  await using front = await startFront(gateway.addr.port, SHORT);
  assert.equal(await sendAndWait(front.port, ""), "");
  for (
    const half of ["GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "GET / HTTP/1.1\r\nHost: x\r\nA: "]
  ) {
    assert.match(await sendAndWait(front.port, half), /^(?:HTTP\/1.1 408 [^]*)?$/, half);
  }
  const idle = await sendAndWait(front.port, `${GET.join("\r\n")}\r\n\r\n`);
  assert.equal(parseAnswer(idle).status, 200);
});

frontTest("nginx closes a connection whose body stalls", async () => {
  await using gateway = serveGateway();
  await using front = await startFront(gateway.addr.port, SHORT);
  const post = ["POST /api/user/echo HTTP/1.1", "Host: x"];
  for (
    const [field, half] of [
      ["Content-Length: 10", ""],
      ["Content-Length: 10", "half"],
      ["Transfer-Encoding: chunked", "4\r\nhalf\r\n"],
    ]
  ) {
    const answer = await sendAndWait(front.port, [...post, field, "", half].join("\r\n"));
    assert.match(answer, /^(?:HTTP\/1.1 408 [^]*)?$/);
  }
});

frontTest(
  "the gateway's body timeout applies behind nginx, and the connection closes",
  async () => {
    await using gateway = serveGateway({ bodyTimeoutMs: 20 });
    await using front = await startFront(gateway.addr.port, { lingering_timeout: "50ms" });
    const head = "POST /api/user/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";
    const answer = parseAnswer(await sendAndWait(front.port, `${head}half`));
    assert.equal(answer.status, 408);
    assert.match(answer.body, /REQUEST_TIMEOUT/);
  },
);

frontTest("nginx passes requests unchanged, with the client's address", async () => {
  const echo = echoService("user");
  await using service = Deno.serve(ANY_PORT, (request) => echo.fetch(request, {}));
  await using front = await startFront(service.addr.port);
  const answer = await sendRaw(front.port, [
    "POST /api/v1/a%2Fb/caf%C3%A9?q=%20x HTTP/1.1",
    "Host: Front.example:81",
    "X-Forwarded-For: 198.51.100.1",
    "X-Forwarded-Proto: https",
    "Content-Length: 4",
    "Connection: close",
  ], { body: "text" });
  assert.equal(answer.status, 200);
  const { path, query, headers, body } = JSON.parse(
    answer.body.slice(answer.body.indexOf("{"), answer.body.lastIndexOf("}") + 1),
  );
  assert.deepEqual([path, query, body], ["/api/v1/a%2Fb/café", { q: " x" }, "text"]);
  assert.equal(headers["host"], "Front.example:81");
  assert.equal(headers["x-forwarded-for"], "198.51.100.1, 127.0.0.1");
  assert.equal(headers["x-forwarded-proto"], "http");
});

frontTest("malformed and oversized requests are refused through nginx", async () => {
  await using gateway = serveGateway();
  await using front = await startFront(gateway.addr.port, SHORT);
  const statusOf = async (lines: string[]) =>
    (await sendRaw(front.port, [...lines, "Connection: close"])).status;
  assert.equal(await statusOf(["GET /x HTTP/1.1", "Host: x/api/user/echo?"]), 400);
  assert.equal(await statusOf(["GET /x HTTP/1.1"]), 400);
  assert.equal(await statusOf(["GET /api/user/../../internal/secret HTTP/1.1", "Host: x"]), 404);
  assert.equal(await statusOf(["GET /../internal/secret HTTP/1.1", "Host: x"]), 400);
  const post = ["POST /api/user/echo HTTP/1.1", "Host: x"];
  for (const length of [1_500_000, 3_000_000]) {
    const answer = await sendRaw(front.port, [...post, `Content-Length: ${length}`]);
    assert.equal(answer.status, 413);
    assert.match(answer.body, /"code":"PAYLOAD_TOO_LARGE"/);
  }
});

frontTest(
  "nginx answers 503 with Retry-After in the gateway's format when it is gone",
  async () => {
    const gateway = serveGateway();
    await using front = await startFront(gateway.addr.port);
    await gateway.shutdown();
    const answer = await sendRaw(front.port, [...GET, "Connection: close"]);
    assert.deepEqual([answer.status, answer.headers.get("Retry-After")], [503, "1"]);
    assert.equal(JSON.parse(answer.body).code, "UNAVAILABLE");
  },
);
