/** How long a connection may take to be made before the next attempt. */
export const CONNECT_TIMEOUT_MS = 1_000;
/** How long a reply may take; after it the connection counts as dead and is replaced. */
export const REPLY_TIMEOUT_MS = 1_000;
/** How long a server that hangs may take to end a connection. */
export const DISCONNECT_TIMEOUT_MS = 500;
/** Pauses between attempts to connect: doubled from the first to the longest. */
const FIRST_RECONNECT_MS = 50;
const LONGEST_RECONNECT_MS = 1_000;

/** What {@link keepConnected} needs of a client of ioredis, of one server or of a cluster. */
export interface Connectable {
  readonly status: string;
  connect(): Promise<void>;
  on(event: "end", listener: () => void): unknown;
  off(event: "end", listener: () => void): unknown;
}

/**
 * Connects, and again after each end of the connection. ioredis' own way of doing so cannot be ended
 * between two attempts without a timer left behind.
 *
 * @param greet asked after each connect, before commands are sent at start
 * @returns once the first attempt is over, how to stop
 */
export async function keepConnected(
  client: Connectable,
  greet: () => Promise<void>,
): Promise<() => void> {
  let pauseMs = FIRST_RECONNECT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = async () => {
    try {
      await client.connect();
      await greet();
      // A server that hangs up at once is not asked twenty times a second.
      if (client.status === "ready") pauseMs = FIRST_RECONNECT_MS;
    } catch { /* the next attempt follows */ }
  };
  const reconnect = () => {
    clearTimeout(timer);
    timer = setTimeout(connect, pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_RECONNECT_MS);
  };
  client.on("end", reconnect);
  await connect();
  return () => {
    client.off("end", reconnect);
    clearTimeout(timer);
  };
}
