/** The indices of one test platform in the Elasticsearch of this run, if there is one. */
export interface TestIndices extends AsyncDisposable {
  /** What tells a platform to use them. */
  readonly variables: Record<string, string>;
}

/** A name that nothing else uses; what is made under it is removed at the end. */
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
