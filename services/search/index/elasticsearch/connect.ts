import { Client, HttpConnection } from "@elastic/elasticsearch";
import { SearchUnavailable } from "../errors.ts";
import { ask } from "./trouble.ts";

/** Major version of Elasticsearch that this client supports. */
const SERVER_MAJOR = 9;
/** Timeout of a request; a slower search is not worth waiting for. */
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Creates a client of a cluster; it connects on its first request. A request that a node does not take, or answers by
 * 502 to 504, goes to the next one at once, to each at most once; one that runs out of time does not.
 *
 * @param options `url`: of each node, separated by commas
 */
export function connect(
  { url, apiKey }: { url: string; apiKey: string | undefined },
): Client {
  const nodes = url.split(",");
  return new Client({
    nodes,
    Connection: HttpConnection,
    ...(apiKey === undefined ? {} : { auth: { apiKey } }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    maxRetries: nodes.length - 1,
    enableMetaHeader: false,
  });
}

/**
 * Resolves if the cluster has a supported version and has lost no data.
 *
 * @throws {SearchUnavailable} otherwise, with the reason
 */
export async function checkCluster(client: Client): Promise<void> {
  const { nodes } = await ask(() => client.nodes.info({ filter_path: "nodes.*.version" }));
  for (const { version } of Object.values(nodes ?? {})) {
    if (Number(version.split(".")[0]) === SERVER_MAJOR) continue;
    throw new SearchUnavailable(
      `Cannot use Elasticsearch ${version} as this client needs ${SERVER_MAJOR}`,
    );
  }
  const { status } = await ask(() => client.cluster.health());
  if (status === "red") {
    throw new SearchUnavailable("Elasticsearch has lost data: its cluster is red");
  }
}
