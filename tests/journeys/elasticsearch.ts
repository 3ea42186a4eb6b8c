/** Indices of one test platform in the Elasticsearch of this run, if it has one. */
export interface TestIndices extends AsyncDisposable {
  /** Variables that make a platform use these indices. */
  readonly variables: Record<string, string>;
}

/** Reserves a unique index name; its indices are deleted at the end of the scope. */
export function testIndices(): TestIndices {
  const url = Deno.env.get("TEST_ELASTICSEARCH_URL");
  if (!url) return { variables: {}, [Symbol.asyncDispose]: () => Promise.resolve() };
  const index = `test-${crypto.randomUUID()}`;
  return {
    variables: { ELASTICSEARCH_URL: url, ELASTICSEARCH_INDEX: index },
    async [Symbol.asyncDispose]() {
      const found = await (await fetch(`${url}/${index}-*`)).json();
      for (const name of Object.keys(found)) {
        const response = await fetch(`${url}/${name}`, { method: "DELETE" });
        await response.body?.cancel();
      }
    },
  };
}
