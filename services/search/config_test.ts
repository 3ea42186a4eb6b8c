import assert from "node:assert/strict";
import { type Env, loadConfig } from "@evently/shared/config";
import { searchSection } from "./config.ts";

const read = (env: Env) => loadConfig(env, { search: searchSection }).search;

const DEVELOPMENT = { ENVIRONMENT: "development" };

Deno.test("searchSection() is embedded without ELASTICSEARCH_URL and refuses ignored settings", () => {
  assert.deepEqual(read(DEVELOPMENT), { engine: "embedded" });
  assert.throws(
    () => read({ ...DEVELOPMENT, ELASTICSEARCH_API_KEY: "k", ELASTICSEARCH_INDEX: "i" }),
    /ELASTICSEARCH_API_KEY is set without ELASTICSEARCH_URL\n.*ELASTICSEARCH_INDEX is set without/,
  );
});

Deno.test("searchSection() requires SEARCH_FALLBACK=embedded in production", () => {
  assert.throws(() => read({}), /ELASTICSEARCH_URL is required/);
  assert.deepEqual(read({ SEARCH_FALLBACK: "embedded" }), { engine: "embedded" });
});

Deno.test("searchSection() reads Elasticsearch's settings and refuses invalid ones", () => {
  const ELASTICSEARCH_URL = "http://127.0.0.1:9200";
  const config = {
    engine: "elasticsearch",
    url: ELASTICSEARCH_URL,
    apiKey: undefined,
    index: "evently-events",
    fallback: "none",
    maxEventsInProcess: 100_000,
  };
  assert.deepEqual(read({ ELASTICSEARCH_URL }), config);
  assert.deepEqual(
    read({
      ELASTICSEARCH_URL,
      ELASTICSEARCH_API_KEY: "k",
      ELASTICSEARCH_INDEX: "a-1",
      SEARCH_FALLBACK: "embedded",
    }),
    { ...config, apiKey: "k", index: "a-1", fallback: "embedded" },
  );
  assert.throws(
    () => read({ ELASTICSEARCH_URL, ELASTICSEARCH_INDEX: "A*" }),
    /ELASTICSEARCH_INDEX/,
  );
  for (const [text, maxEventsInProcess] of [["0", 0], ["20000", 20_000]] as const) {
    const env = { ELASTICSEARCH_URL, SEARCH_IN_PROCESS_EVENTS: text };
    assert.deepEqual(read(env), { ...config, maxEventsInProcess });
  }
  assert.throws(
    () => read({ ELASTICSEARCH_URL, SEARCH_IN_PROCESS_EVENTS: "-1" }),
    /SEARCH_IN_PROCESS_EVENTS/,
  );
  assert.throws(() => read({ ELASTICSEARCH_URL: "9200" }), /ELASTICSEARCH_URL/);
  assert.deepEqual(read({ ELASTICSEARCH_URL: "http://a:9200, http://b:9200" }), {
    ...config,
    url: "http://a:9200,http://b:9200",
  });
  for (const wrong of ["http://a,b:9200", ","]) {
    assert.throws(() => read({ ELASTICSEARCH_URL: wrong }), /ELASTICSEARCH_URL must be/);
  }
});
