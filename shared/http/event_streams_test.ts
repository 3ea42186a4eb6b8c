import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { Unavailable } from "../errors/mod.ts";
import { encodeMessage, type EventStream, EventStreams, STREAM_HEADERS } from "./event_streams.ts";

const LARGE_BYTES = 64 * 1_024;
const MANY = 2_000;

const nothing = () => {};
const message = (data: unknown, id?: string) =>
  encodeMessage({ event: "seats", data, ...(id === undefined ? {} : { id }) });

/** Reads the next so many blocks of a stream. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>, count: number) {
  const blocks: string[] = [];
  while (blocks.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    blocks.push(new TextDecoder().decode(value));
  }
  return blocks;
}

function readerOf({ body }: EventStream) {
  return body.getReader();
}

Deno.test("a stream says when to come back, then each message as a block of lines", async () => {
  const streams = new EventStreams({ max: 1 });
  const stream = streams.open(nothing);
  stream.send(message({ left: 2, text: "a\nb" }, "7"));
  const reader = readerOf(stream);
  const [retry, block] = await read(reader, 2);
  const [, retryMs] = /^retry: (\d+)\n\n$/.exec(retry!)!;
  assert.ok(Number(retryMs) >= 1_000 && Number(retryMs) <= 3_000);
  assert.equal(block, 'event: seats\ndata: {"left":2,"text":"a\\nb"}\nid: 7\n\n');
  await reader.cancel();
});

Deno.test("there is a most of streams; one that ends makes room, and is told of once", async () => {
  const streams = new EventStreams({ max: 2 });
  let ended = 0;
  const first = streams.open(() => ended++);
  const second = streams.open(() => ended++);
  assert.throws(
    () => streams.open(nothing),
    (error) => error instanceof Unavailable && error.retryAfterS === 5,
  );
  await first.body.cancel();
  first.end();
  assert.deepEqual([ended, streams.size], [1, 1]);
  const third = streams.open(nothing);
  second.end();
  third.end();
  assert.deepEqual([ended, streams.size], [2, 0]);
});

Deno.test("a reader that is too slow is dropped, and the others go on", async () => {
  const streams = new EventStreams({ max: 2 });
  let dropped = 0;
  const slow = streams.open(() => dropped++);
  const quick = streams.open(nothing);
  const reader = readerOf(quick);
  await read(reader, 1);
  for (let n = 0; n < 16; n++) {
    for (const stream of [slow, quick]) stream.send(message(n));
    assert.deepEqual(await read(reader, 1), [`event: seats\ndata: ${n}\n\n`]);
  }
  assert.deepEqual([dropped, streams.size], [1, 1]);
  slow.send(message("after"));
  assert.equal((await readerOf(slow).read()).done, true, "what waited is not kept");
  await reader.cancel();
});

Deno.test("a reader over the network that never reads is dropped, and nothing more is kept for it", async () => {
  const streams = new EventStreams({ max: 1 });
  const opened = Promise.withResolvers<EventStream>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    const stream = streams.open(nothing);
    opened.resolve(stream);
    return new Response(stream.body, { headers: STREAM_HEADERS });
  });
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
  const request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  await connection.write(new TextEncoder().encode(request));
  const stream = await opened.promise;
  const large = message("x".repeat(LARGE_BYTES));
  let sent = 0;
  for (; streams.size > 0; sent++) {
    // What the sockets of a machine take is a few megabytes.
    assert.ok(sent < MANY, "a reader that never reads is kept");
    stream.send(large);
    await new Promise((resolve) => setImmediate(resolve));
  }
  stream.send(large);
  let read = 0;
  const buffer = new Uint8Array(LARGE_BYTES);
  for (let length; (length = await connection.read(buffer).catch(() => null)) !== null;) {
    read += length;
  }
  assert.ok(read <= (sent + 1) * large.length, "it is told no more, and its answer ends");
});

Deno.test("a silent stream has a heartbeat, which stops with the last stream", async () => {
  const streams = new EventStreams({ max: 1, heartbeatMs: 1 });
  const stream = streams.open(nothing);
  const reader = readerOf(stream);
  const blocks = await read(reader, 3);
  assert.deepEqual(blocks.slice(1), [": still here\n\n", ": still here\n\n"]);
  // An interval that went on would be found as a leak of this test.
  await reader.cancel();
});

Deno.test("close() ends every stream after what was sent, and opens no other", async () => {
  const streams = new EventStreams({ max: 2 });
  const stream = streams.open(nothing);
  stream.send(message("last"));
  streams.close();
  const reader = readerOf(stream);
  assert.equal((await read(reader, 2))[1], 'event: seats\ndata: "last"\n\n');
  assert.deepEqual(await reader.read(), { value: undefined, done: true });
  assert.throws(() => streams.open(nothing), Unavailable);
});
