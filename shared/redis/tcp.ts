import type { Requester } from "@upstash/redis";
import { type ChainableCommander, Redis as TcpRedis, ReplyError } from "ioredis";
import { within } from "../within.ts";
import { CannotRun } from "../output/cannot_run.ts";
import { isOfWrongServer, RedisRefusing, RedisUnavailable } from "./errors.ts";
import {
  CONNECT_TIMEOUT_MS,
  DISCONNECT_TIMEOUT_MS,
  keepConnected,
  REPLY_TIMEOUT_MS,
} from "./keep_connected.ts";
import { type Command, type Outcome, requesterOver } from "./requester.ts";

/** How long a new connection is listened to before anything is asked. */
const GREETING_MS = 50;
/** How the library reports an unsolicited reply of a server. */
const UNASKED_REPLY = /Last (?:reply|error): ([A-Z]{3,} [^]*)/;
/** Connections to one Redis server, or to those of a cluster, that heal by themselves. */
export interface TcpConnection {
  requester: Requester;
  close(): Promise<void>;
}

/**
 * Connects to a Redis server.
 *
 * While there is no connection every command fails at once; none is kept to be sent later, and none is
 * sent twice. A server that cannot be reached now is no error here: the attempts go on.
 *
 * @param url `redis://` or, with TLS, `rediss://`
 * @throws {CannotRun} it is a Redis Cluster
 */
export async function openTcp(url: string): Promise<TcpConnection> {
  const tcp = new TcpRedis(url, {
    lazyConnect: true,
    // The shapes of RESP2 are those of the REST API.
    protocol: 2,
    disableClientInfo: true,
    // A server that is still loading says so to each command.
    enableReadyCheck: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: REPLY_TIMEOUT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: null,
  });
  let trouble: Error | undefined;
  tcp.on("error", (error) => {
    const said = UNASKED_REPLY.exec(error.message)?.[1];
    if (said !== undefined) trouble = new RedisRefusing(said);
    // A server that refuses a connection ends it; the reason is its message before that.
    else if (!(trouble instanceof RedisRefusing) || isUnreachable(error)) trouble = error;
  });
  const run = (commands: Command[]) =>
    // One timer a batch; the client's own would be one a command.
    within(REPLY_TIMEOUT_MS, runBatch(tcp.pipeline(), commands), () => {
      throw new RedisUnavailable("Redis did not answer in time");
    }).then((outcomes) => {
      // Behind a name or a proxy there may be another server by now.
      const wrong = outcomes.find((one) => "error" in one && isOfWrongServer(one.error));
      if (wrong && "error" in wrong) {
        trouble = new RedisRefusing(wrong.error);
        tcp.disconnect();
      }
      return outcomes;
    }).catch((error) => {
      // What went wrong with the connection says more than "Connection is closed".
      if (error instanceof ReplyError || !trouble) throw error;
      if (trouble instanceof RedisRefusing) throw trouble;
      throw new RedisUnavailable(`Cannot reach Redis: ${trouble.message}`);
    });
  const closing = Promise.withResolvers<void>();
  let isCluster = false;
  const stopReconnecting = await keepConnected(tcp, async () => {
    // A server in protected mode says so and hangs up; data sent to it meanwhile would destroy its message.
    await within(GREETING_MS, closing.promise, () => {});
    if (tcp.status !== "ready") return;
    try {
      isCluster = await within(REPLY_TIMEOUT_MS, readIsCluster(tcp), () => false);
      trouble = undefined;
    } catch (error) {
      if (isReplyError(error)) trouble = new RedisRefusing(error.message);
    }
  });
  async function close(): Promise<void> {
    closing.resolve();
    stopReconnecting();
    await disconnect(tcp);
  }
  if (isCluster) {
    await close();
    throw new CannotRun(
      "Cannot use the Redis of REDIS_URL as it is a Redis Cluster: " +
        "name it as redis+cluster://host:port,host:port",
    );
  }

  return {
    requester: requesterOver({ pipeline: run }),
    close,
  };
}

/** Whether the server is one of a cluster, so that it sends clients elsewhere (MOVED) for most keys. */
async function readIsCluster(tcp: TcpRedis): Promise<boolean> {
  return /^cluster_enabled:1\b/m.test(String(await tcp.call("INFO", "cluster")));
}

async function runBatch(batch: ChainableCommander, commands: Command[]): Promise<Outcome[]> {
  for (const [name = "", ...args] of commands) {
    // Only under its upper-case name does ioredis leave a reply as the server sent it.
    batch.call(name.toUpperCase(), ...args);
  }
  const replies = await batch.exec() ?? [];
  return replies.map(([error, result]) => error ? { error: refusal(error) } : { result });
}

/** The text of an error that the server answered; any other means that there was no answer. */
function refusal(error: Error): string {
  if (error instanceof ReplyError) return error.message;
  throw error;
}

/** Whether there was no connection at all. */
function isUnreachable(error: Error): boolean {
  return "syscall" in error && error.syscall === "connect";
}

/** The library's class has no type. */
function isReplyError(error: unknown): error is Error {
  return error instanceof ReplyError;
}

async function disconnect(tcp: TcpRedis): Promise<void> {
  if (tcp.status === "end") return;
  const ended = new Promise<void>((resolve) => tcp.once("end", resolve));
  tcp.disconnect();
  await ended;
}
