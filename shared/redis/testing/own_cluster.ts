import { type OwnRedis, startOwnRedis, unusedPort } from "./own_redis.ts";

/** A server of an {@link OwnCluster}. */
export interface ClusterNode extends OwnRedis {
  /** Its name in the cluster. */
  readonly id: string;
}

/** A Redis Cluster of one test or file: servers of this machine alone that keep nothing. */
export interface OwnCluster extends AsyncDisposable {
  /** `redis+cluster://` with all its nodes. */
  readonly url: string;
  /** Three, each with a third of the slots in order. */
  readonly masters: readonly ClusterNode[];
  /** One for each master, in the same order; none if the cluster has no replicas. */
  readonly replicas: readonly ClusterNode[];
}

const MASTERS = 3;
const SLOTS = 16_384;
/** How long a node may be silent before the others call it gone; short, so that tests need not wait. */
const NODE_TIMEOUT_MS = 1_000;
const POLL_MS = 20;
const MAX_POLLS = 1_000;

/** Starts three masters, and a replica for each if asked; needs Redis 7. */
export async function startOwnCluster(
  { withReplicas = false }: { withReplicas?: boolean } = {},
): Promise<OwnCluster> {
  const nodes: ClusterNode[] = [];
  const dispose = async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  try {
    const busPorts: number[] = [];
    for (let i = 0; i < (withReplicas ? 2 : 1) * MASTERS; i++) {
      const busPort = unusedPort();
      nodes.push(await startNode(busPort));
      busPorts.push(busPort);
    }
    const masters = nodes.slice(0, MASTERS);
    const replicas = nodes.slice(MASTERS);
    await Promise.all(masters.map(takeSlots));
    const [first, ...others] = nodes;
    for (const [i, { port }] of others.entries()) {
      await first?.command("CLUSTER", "MEET", "127.0.0.1", String(port), String(busPorts[i + 1]));
    }
    for (const [i, replica] of replicas.entries()) {
      const id = masters[i]?.id ?? "";
      await poll(async () => (await replica.command("CLUSTER", "NODES")).includes(id));
      await poll(async () => isOk(await replica.command("CLUSTER", "REPLICATE", id)));
    }
    await poll(() => areReady(nodes));
    return {
      url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join()}`,
      masters,
      replicas,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Tries until it is so. */
export async function poll(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < MAX_POLLS; i++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`It is not so after ${MAX_POLLS} looks: ${isSo}`);
}

async function startNode(busPort: number): Promise<ClusterNode> {
  const server = await startOwnRedis(
    ...["--cluster-enabled", "yes", "--cluster-port", String(busPort)],
    ...["--cluster-node-timeout", String(NODE_TIMEOUT_MS), "--repl-diskless-sync-delay", "0"],
    // A replica is promoted however long it has been without its master.
    ...["--cluster-replica-validity-factor", "0"],
  );
  const id = /[0-9a-f]{40}/.exec(await server.command("CLUSTER", "MYID"))?.[0];
  if (id === undefined) throw new Error("Cannot start a Redis Cluster as a node has no name");
  return { ...server, id };
}

/** Gives the master at this place its third of the slots. */
async function takeSlots(master: ClusterNode, place: number): Promise<void> {
  const firstOf = (part: number) => Math.floor(part * SLOTS / MASTERS);
  await master.command("CLUSTER", "SET-CONFIG-EPOCH", String(place + 1));
  await master.command(
    ...["CLUSTER", "ADDSLOTSRANGE"] as const,
    ...[String(firstOf(place)), String(firstOf(place + 1) - 1)],
  );
}

/** Whether every node knows all others, and each replica has its master's data. */
export async function areReady(nodes: readonly ClusterNode[]): Promise<boolean> {
  for (const node of nodes) if (!await isReady(node, nodes)) return false;
  return true;
}

async function isReady(node: ClusterNode, nodes: readonly ClusterNode[]): Promise<boolean> {
  const state = await node.command("CLUSTER", "INFO");
  const known = await node.command("CLUSTER", "NODES");
  const replication = await node.command("INFO", "replication");
  return /cluster_state:ok/.test(state) &&
    new RegExp(`cluster_known_nodes:${nodes.length}\\b`).test(state) &&
    (known.match(/\bslave\b/g) ?? []).length === nodes.length - MASTERS &&
    !/handshake|\bfail\b|master_link_status:down/.test(known + replication);
}

function isOk(reply: string): boolean {
  return reply.startsWith("+OK");
}
