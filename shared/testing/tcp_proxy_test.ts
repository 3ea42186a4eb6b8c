import assert from "node:assert/strict";
import { TcpProxy } from "./tcp_proxy.ts";

/** Starts a server that echoes each word and records it. */
function startEcho() {
  const asked: string[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const ended = (async () => {
    for await (const connection of listener) {
      const bytes = new Uint8Array(100);
      for (let n = await connection.read(bytes); n !== null; n = await connection.read(bytes)) {
        asked.push(new TextDecoder().decode(bytes.subarray(0, n)));
        await connection.write(bytes.subarray(0, n));
      }
      connection.close();
    }
  })();
  return {
    asked,
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await ended;
    },
  };
}

/** Sends a word; returns the response, or `undefined` if the connection ended. */
async function ask(connection: Deno.TcpConn, word: string): Promise<string | undefined> {
  await connection.write(new TextEncoder().encode(word));
  const bytes = new Uint8Array(100);
  const length = await connection.read(bytes).catch(() => null);
  return length === null ? undefined : new TextDecoder().decode(bytes.subarray(0, length));
}

Deno.test("TcpProxy drops a response: the server acts and the client is disconnected", async () => {
  await using echo = startEcho();
  const proxy = new TcpProxy({ hostname: "127.0.0.1", port: echo.port });
  const connect = () => Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  proxy.loseAnswers({ count: 1, on: (hello) => hello === "one", is: (text) => text === "deed" });

  using one = await connect();
  assert.equal(await ask(one, "one"), "one", "other responses must pass");
  assert.equal(await ask(one, "deed"), undefined);
  assert.deepEqual(echo.asked, ["one", "deed"], "the server must receive the request");
  assert.equal(proxy.toLose, 0);

  using two = await connect();
  assert.equal(await ask(two, "one"), "one");
  assert.equal(await ask(two, "deed"), "deed", "only the requested number is dropped");
  two.close();
  await proxy.cut();
});

Deno.test("TcpProxy closes connections to an absent server and keeps accepting", async () => {
  const gone = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = gone.addr;
  gone.close();
  const proxy = new TcpProxy({ hostname: "127.0.0.1", port });
  for (let attempt = 0; attempt < 2; attempt++) {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
    assert.equal(await ask(connection, "hello").catch(() => undefined), undefined);
  }
  await proxy.cut();
});
