import assert from "node:assert/strict";
import { SILENT_LOGGER } from "../log.ts";
import { parseAnswer, sendRaw } from "../testing/raw_http.ts";
import { createServiceApp, MAX_BODY_BYTES } from "./service_app.ts";

const ANY_PORT = { hostname: "127.0.0.1", port: 0, onListen() {} };

/** An app behind a real server that answers what body it has got. */
function serveEcho({ bodyTimeoutMs = 10_000 } = {}) {
  const app = createServiceApp({ log: SILENT_LOGGER, corsOrigins: "any", bodyTimeoutMs }, "test");
  app.post("/echo", async (c) => c.text(await c.req.text()));
  return Deno.serve(ANY_PORT, (request) => app.fetch(request, {}));
}

/** Sends the head of a request and a part of its body, and waits for the answer to that. */
async function sendHalf(port: number, fields: string[], half: string) {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = ["POST /echo HTTP/1.1", "Host: x", ...fields].join("\r\n");
  await connection.write(new TextEncoder().encode(`${head}\r\n\r\n${half}`));
  const buffer = new Uint8Array(64 * 1024);
  const count = await connection.read(buffer);
  return parseAnswer(new TextDecoder().decode(buffer.subarray(0, count ?? 0)));
}

Deno.test("a body that does not arrive in time is 408 and ends its connection", async () => {
  await using server = serveEcho({ bodyTimeoutMs: 20 });
  const cases = [
    [["Content-Length: 10"], ""],
    [["Content-Length: 10"], "half"],
    [["Transfer-Encoding: chunked"], ""],
    [["Transfer-Encoding: chunked"], "4\r\nhalf\r\n"],
  ] as const;
  for (const [fields, half] of cases) {
    const answer = await sendHalf(server.addr.port, [...fields], half);
    assert.equal(answer.status, 408, fields.join());
    assert.match(answer.body, /"code":"REQUEST_TIMEOUT"/);
    assert.equal(answer.headers.get("Connection"), "close");
  }
});

Deno.test("bodies with a length and chunked bodies arrive whole; longer ones are 413", async () => {
  await using server = serveEcho();
  const { port } = server.addr;
  const post = (fields: string[], body: string) =>
    sendRaw(port, ["POST /echo HTTP/1.1", "Host: x", "Connection: close", ...fields], { body });
  const whole = await post(["Content-Length: 5"], "whole");
  assert.deepEqual([whole.status, whole.body], [200, "whole"]);
  const chunked = await post(["Transfer-Encoding: chunked"], "2\r\nwh\r\n3\r\nole\r\n0\r\n\r\n");
  assert.deepEqual([chunked.status, chunked.body], [200, "whole"]);
  const none = await post(["Content-Length: 0"], "");
  assert.deepEqual([none.status, none.body], [200, ""]);

  const tooLong = await sendHalf(port, [`Content-Length: ${MAX_BODY_BYTES + 1}`], "");
  assert.equal(tooLong.status, 413);
  const text = "x".repeat(MAX_BODY_BYTES + 1);
  const streamed = await fetch(`http://127.0.0.1:${port}/echo`, {
    method: "POST",
    body: new Blob([text]).stream(),
  });
  assert.equal(streamed.status, 413);
  await streamed.body?.cancel();
});

Deno.test("each waiting body has the whole time limit", async () => {
  await using server = serveEcho({ bodyTimeoutMs: 20 });
  const { port } = server.addr;
  const answers = await Promise.all([
    sendHalf(port, ["Content-Length: 4"], "half"),
    sendHalf(port, ["Content-Length: 5"], "half"),
    sendHalf(port, ["Content-Length: 6"], "half"),
    sendHalf(port, ["Content-Length: 4"], "half"),
  ]);
  assert.deepEqual(answers.map(({ status }) => status), [200, 408, 408, 200]);
});
