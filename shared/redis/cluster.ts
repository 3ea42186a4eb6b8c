import { Cluster, ReplyError } from "ioredis";
import { CannotRun } from "../output/cannot_run.ts";
import { within } from "../within.ts";
import { ClusterConnections } from "./cluster_connections.ts";
import { parseClusterUrl } from "./cluster_url.ts";
import { isOfWrongServer, RedisUnavailable, toRedisError } from "./errors.ts";
import {
  CONNECT_TIMEOUT_MS,
  DISCONNECT_TIMEOUT_MS,
  keepConnected,
  REPLY_TIMEOUT_MS,
} from "./keep_connected.ts";
import { type Command, type Outcome, requesterOver } from "./requester.ts";
import { splitByKey } from "./split_by_key.ts";
import type { TcpConnection } from "./tcp.ts";

/** How often a command follows MOVED, ASK or TRYAGAIN; it was not run where it was refused so. */
const MAX_REDIRECTIONS = 5;
/** How long one node may take to tell which node has which slots; then the next one is asked. */
const SLOTS_TIMEOUT_MS = 1_000;
/** What a server answers that is not part of a cluster. */
const NO_CLUSTER = /cluster support disabled/;

/**
 * Connects to a Redis Cluster: each command goes to the node that has its key, and follows a key that has moved.
 *
 * While a node is gone, commands for its keys fail at once, until the cluster has promoted a replica; which node that is
 * the others tell. As over one connection, no command is kept to be sent later, and none is sent twice: one that was
 * written before its connection broke fails, as it may have been run.
 *
 * @param url `redis+cluster://host:port,host:port` or, with TLS, `rediss+cluster://…`
 * @throws {TypeError} the URL is malformed
 * @throws {CannotRun} the server is not part of a cluster
 */
export async function openCluster(url: string): Promise<TcpConnection> {
  const { nodes, username, password, tls } = parseClusterUrl(url);
  const connections = new ClusterConnections();
  const cluster = new Cluster(nodes, {
    lazyConnect: true,
    // A cluster that is down says so to each command.
    enableReadyCheck: false,
    clusterRetryStrategy: null,
    slotsRefreshTimeout: SLOTS_TIMEOUT_MS,
    maxRedirections: MAX_REDIRECTIONS,
    // A command whose connection broke may have been run: it is not sent again. What is told of by the next option was
    // not run, but a cluster that is down stays so for seconds: its callers go on without it.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    // Names stay names, which certificates are checked against.
    dnsLookup: (address, found) => found(null, address),
    redisOptions: {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls ? { tls: {} } : {}),
      Connector: connections.connector(),
      // The shapes of RESP2 are those of the REST API.
      protocol: 2,
      disableClientInfo: true,
      enableReadyCheck: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: REPLY_TIMEOUT_MS,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
      autoResendUnfulfilledCommands: false,
    },
  });
  /** What a node answered when it was asked for slots. */
  let refusal: Error | undefined;
  cluster.on("error", () => {});
  cluster.on("node error", (error) => {
    if (error instanceof ReplyError) refusal = error;
  });
  cluster.on("refresh", () => {
    refusal = undefined;
    connections.lastError = undefined;
  });
  /** What went wrong with a node says more than "Connection is closed". */
  function unreachable(error: unknown): Error {
    if (refusal) return toRedisError(refusal);
    const { message } = connections.lastError ?? error as Error;
    return new RedisUnavailable(`Cannot reach Redis: ${message}`);
  }

  const stopReconnecting = await keepConnected(cluster, () => Promise.resolve());
  async function close(): Promise<void> {
    stopReconnecting();
    cluster.disconnect();
    await connections.close();
  }
  if (NO_CLUSTER.test(String(refusal))) {
    await close();
    throw new CannotRun(
      "Cannot use the Redis of REDIS_URL as it is no Redis Cluster: name it as redis://host:port",
    );
  }

  async function send([name = "", ...args]: Command): Promise<Outcome> {
    try {
      // Only under its upper-case name does ioredis leave a reply as the server sent it.
      return { result: await cluster.call(name.toUpperCase(), ...args) };
    } catch (error) {
      if (!(error instanceof ReplyError)) throw unreachable(error);
      const { message } = error as Error;
      // Another node may have the slot by now.
      if (isOfWrongServer(message)) cluster.refreshSlotsCache();
      return { error: message };
    }
  }

  async function run(commands: Command[]): Promise<Outcome[]> {
    // The client would keep them until it is connected.
    if (cluster.status !== "ready") throw unreachable(new Error("it is not connected"));
    return await Promise.all(commands.map(async (command) => {
      const split = splitByKey(command);
      return split.merge(await Promise.all(split.commands.map(send)));
    }));
  }

  return {
    requester: requesterOver({
      pipeline: (commands) =>
        within(REPLY_TIMEOUT_MS, run(commands), () => {
          throw new RedisUnavailable("Redis did not answer in time");
        }),
    }),
    close,
  };
}
