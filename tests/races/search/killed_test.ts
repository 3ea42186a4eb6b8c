import { freePort, startProgram, times } from "@evently/shared/testing";
import { testEngine } from "../../../services/search/testing/world.ts";
import { eventually } from "../../journeys/platform.ts";
import { createShop, type Shop } from "./shop.ts";

const EVENTS = 50;

async function runLifecycle(shop: Shop, number: number): Promise<void> {
  const { event_id } = await shop.admin("POST", "/events", shop.draft());
  const path = `/events/${event_id}`;
  await shop.admin("PUT", path, { status: "published" });
  await shop.admin("PUT", path, { name: `Renamed ${number}` });
  if (number % 3 === 0) await shop.admin("PUT", path, { status: "cancelled" });
}

Deno.test("a search service killed during changes catches up after its restart", async () => {
  await using engine = testEngine();
  await using shop = await createShop({ engine: "embedded" });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => shop.event.fetch(request, {}),
  );
  const url = `http://127.0.0.1:${await freePort()}`;
  const start = () =>
    startProgram(new URL("../../../services/search/main.ts", import.meta.url), {
      ENVIRONMENT: "development",
      INTERNAL_API_KEY: shop.internalKey,
      EVENT_SERVICE_URL: `http://127.0.0.1:${server.addr.port}`,
      PORT: new URL(url).port,
      ...(engine.config.engine === "elasticsearch"
        ? {
          ELASTICSEARCH_URL: engine.config.url,
          ELASTICSEARCH_INDEX: engine.config.index,
          // The index that outlived the process is to answer, not a copy of the feed.
          SEARCH_IN_PROCESS_EVENTS: "0",
        }
        : {}),
    });
  shop.provideSearch({
    fetch: (request) => {
      const { pathname, search } = new URL(request.url);
      return fetch(`${url}${pathname}${search}`, {
        method: request.method,
        headers: { "X-API-Key": shop.internalKey, "Content-Type": "application/json" },
        body: request.body,
      });
    },
  });

  const killed = start();
  await killed.listening();
  const changing = Promise.all(times(EVENTS, (number) => runLifecycle(shop, number)));
  await shop.admin("GET", "/events");
  killed.signal("SIGKILL");
  await killed.ended;
  await changing;

  await using _restarted = await restart();
  const expected = await inDatabase(shop);
  await eventually("the index equals the database", async () => {
    return JSON.stringify(await found(url)) === JSON.stringify(expected);
  });
  await server.shutdown();

  async function restart() {
    const program = start();
    await program.listening();
    return program;
  }
});

async function inDatabase({ sql }: Shop): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`SELECT name FROM events WHERE status = 'published'`;
  return rows.map(({ name }) => name).toSorted();
}

async function found(url: string): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/search?limit=100`);
  const { results = [] } = await response.json();
  return results.map(({ name }: { name: string }) => name).toSorted();
}
