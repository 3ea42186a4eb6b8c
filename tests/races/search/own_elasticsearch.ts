import { freePort } from "@evently/shared/testing";
import { fileURLToPath } from "node:url";
import { SYSTEM_PAUSE } from "@evently/shared/clock";

/** An Elasticsearch of this run only, which the run may kill. */
export interface OwnElasticsearch extends AsyncDisposable {
  url: string;
  /** Starts the server; resolves when it is healthy. */
  start(): Promise<void>;
  /** Kills the process with SIGKILL. */
  kill(): Promise<void>;
}

const SCRIPT = fileURLToPath(
  new URL("../../../deploy/elasticsearch/start-es.sh", import.meta.url),
);
const WORLD_EXECUTABLE_MODE = 0o755;
/** Little, as three run beside each other. */
const CLUSTER_HEAP = "320m";
const GONE_LIMIT_MS = 10_000;
const POLL_MS = 10;

/** Prepares an Elasticsearch without starting it; its data is deleted at the end of the scope. */
export async function ownElasticsearch(): Promise<OwnElasticsearch> {
  const place = await makePlace();
  return prepare(place, {});
}

/** Prepares the nodes of one cluster, which must be started at once; they share the unpacked server. */
export async function ownElasticsearchCluster(nodes: number): Promise<OwnElasticsearch[]> {
  const places: Place[] = [];
  for (let i = 0; i < nodes; i++) places.push(await makePlace());
  const [first] = places;
  return places.map((place) =>
    prepare(place, {
      ES_DIST: `${first?.base}/dist`,
      ES_HEAP: CLUSTER_HEAP,
      ES_CLUSTER: places.map(({ transportPort }) => transportPort).join(),
    })
  );
}

/** Where a node keeps its files and listens. */
interface Place {
  base: string;
  port: number;
  transportPort: number;
}

async function makePlace(): Promise<Place> {
  const base = await Deno.makeTempDir({ prefix: "evently-elasticsearch-" });
  await Deno.chmod(base, WORLD_EXECUTABLE_MODE);
  return { base, port: await freePort(base), transportPort: await freePort(`${base}/transport`) };
}

function prepare(
  { base, port, transportPort }: Place,
  settings: Record<string, string>,
): OwnElasticsearch {
  const env = {
    ...settings,
    ES_BASE: base,
    ES_PORT: String(port),
    ES_TRANSPORT_PORT: String(transportPort),
  };

  async function run(verb: "start" | "stop"): Promise<void> {
    const { success, stderr } = await new Deno.Command(SCRIPT, { args: [verb], env }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    start: () => run("start"),
    async kill() {
      const pid = Number(await Deno.readTextFile(`${base}/run/es.pid`));
      Deno.kill(pid, "SIGKILL");
      const untilMs = performance.now() + GONE_LIMIT_MS;
      while (await isListening(port)) {
        if (performance.now() > untilMs) throw new Error(`Process ${pid} does not end`);
        await SYSTEM_PAUSE(POLL_MS);
      }
    },
    async [Symbol.asyncDispose]() {
      await run("stop");
      await Deno.remove(base, { recursive: true });
    },
  };
}

/** Whether the port still accepts connections; a killed process keeps its ports for a moment. */
function isListening(port: number): Promise<boolean> {
  return Deno.connect({ hostname: "127.0.0.1", port }).then((connection) => {
    connection.close();
    return true;
  }, () => false);
}
