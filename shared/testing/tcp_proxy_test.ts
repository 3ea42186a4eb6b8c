import assert from "node:assert/strict";
import { TcpProxy } from "./tcp_proxy.ts";

/** A server that answers each word by the same word, and remembers what it was asked. */
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

/** Says a word; answers what came back, `undefined` when the connection ended instead. */
async function ask(connection: Deno.TcpConn, word: string): Promise<string | undefined> {
  await connection.write(new TextEncoder().encode(word));
  const bytes = new Uint8Array(100);
  const length = await connection.read(bytes).catch(() => null);
  return length === null ? undefined : new TextDecoder().decode(bytes.subarray(0, length));
}

Deno.test("TcpProxy loses an answer: the server acts, and the client's connection ends", async () => {
  await using echo = startEcho();
  const proxy = new TcpProxy({ hostname: "127.0.0.1", port: echo.port });
  const connect = () => Deno.connect({ hostname: "127.0.0.1", port: proxy.port });
  proxy.loseAnswers({ count: 1, on: (hello) => hello === "one", is: (text) => text === "deed" });

  using one = await connect();
  assert.equal(await ask(one, "one"), "one", "another answer passes");
  assert.equal(await ask(one, "deed"), undefined);
  assert.deepEqual(echo.asked, ["one", "deed"], "it was done");
  assert.equal(proxy.toLose, 0);

  using two = await connect();
  assert.equal(await ask(two, "one"), "one");
  assert.equal(await ask(two, "deed"), "deed", "no more than was asked for");
  two.close();
  await proxy.cut();
});

Deno.test("TcpProxy closes a connection whose server is absent, and accepts the next", async () => {
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
