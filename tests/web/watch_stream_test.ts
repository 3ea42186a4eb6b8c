import assert from "node:assert/strict";
import {
  encodeMessage,
  type EventStream,
  EventStreams,
  STREAM_HEADERS,
} from "@evently/shared/http";
import { freePort } from "@evently/shared/testing";
import { pauseMs, watchStream } from "../../services/web/app/api/watch_stream.ts";

Deno.test("the wait for a lost stream doubles up to a bound, spread by half of it", () => {
  const [least, most] = [() => 0, () => 1];
  assert.deepEqual([0, 1, 2, 9].map((failures) => pauseMs(2_000, failures, least)), [
    1_000,
    2_000,
    4_000,
    15_000,
  ]);
  assert.deepEqual([0, 1, 2, 9].map((failures) => pauseMs(2_000, failures, most)), [
    2_000,
    4_000,
    8_000,
    30_000,
  ]);
});

Deno.test("a stream is opened anew after a restart of its server, from the last message on", async () => {
  const port = await freePort();
  const asked: (string | null)[] = [];
  const heard: unknown[] = [];
  const open: boolean[] = [];
  let awaited = Promise.withResolvers<void>();
  const first = startServer(port, asked, "1");
  const stop = watchStream(`http://127.0.0.1:${port}/`, {
    onOpen: (isOpen) => void open.push(isOpen),
    onMessage(_, data) {
      heard.push(data);
      awaited.resolve();
    },
  });
  await awaited.promise;
  awaited = Promise.withResolvers();
  await first.stop();
  const second = startServer(port, asked, "2");
  await awaited.promise;
  stop();
  await second.stop();
  assert.deepEqual(heard, ["1", "2"]);
  assert.deepEqual(asked, [null, "1"]);
  assert.deepEqual(open, [true, false, true]);
});

/** Serves streams of one message, whose id is its text. */
function startServer(port: number, asked: (string | null)[], text: string) {
  const streams = new EventStreams({ max: 1 });
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, (request) => {
    asked.push(request.headers.get("Last-Event-ID"));
    const stream: EventStream = streams.open(() => {});
    stream.send(encodeMessage({ event: "text", data: text, id: text }));
    return new Response(stream.body, { headers: STREAM_HEADERS });
  });
  return {
    async stop() {
      streams.close();
      await server.shutdown();
    },
  };
}
