/** Selects the responses that a {@link TcpProxy} drops. */
export interface LostAnswers {
  /** Number of responses to drop, each on a different connection. */
  count: number;
  /** Selects connections by the first bytes that the client sent (as Latin-1); all by default. */
  on?: (hello: string) => boolean;
  /** Selects chunks of a response (as Latin-1); all by default. */
  is?: (answer: string) => boolean;
}

/** The two connections of one client. */
interface Pair {
  client: Deno.TcpConn;
  server: Deno.TcpConn;
  hello: string;
}

const LATIN1 = new TextDecoder("latin1");
const BUFFER_BYTES = 64 * 1024;

/** A TCP proxy that simulates a failing network: it can be cut, frozen and mended, and can drop responses. */
export class TcpProxy {
  readonly #target: Deno.ConnectOptions;
  readonly #connections = new Set<Deno.TcpConn>();
  #listener: Deno.TcpListener;
  #accepting: Promise<void>;
  #frozen = false;
  #losing: Required<LostAnswers> = NOTHING_LOST;
  /** Number of chunks that clients have sent. */
  sent = 0;

  /** @param port port to listen on; a free one by default */
  constructor(target: { hostname: string; port: number }, { port = 0 }: { port?: number } = {}) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port });
    this.#accepting = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Simulates an absent server: closes connections and refuses new ones. */
  async cut(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) closeQuietly(connection);
    await this.#accepting;
  }

  /** Simulates a hanging server: connections stay open, but no data passes. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Ends a freeze: data passes again; chunks received during the freeze are lost. */
  thaw(): void {
    this.#frozen = false;
  }

  /** Accepts connections again after a cut, on the same port. */
  mend(): void {
    this.#frozen = false;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: this.port });
    this.#accepting = this.#accept();
  }

  /** From now on, closes connections before the selected responses arrive, although the server has acted. */
  loseAnswers({ count, on = () => true, is = () => true }: LostAnswers): void {
    this.#losing = { count, on, is };
  }

  /** Number of responses still to drop. */
  get toLose(): number {
    return this.#losing.count;
  }

  async #accept(): Promise<void> {
    const served = new Set<Promise<unknown>>();
    try {
      for await (const client of this.#listener) {
        const serving = this.#serve(client).finally(() => served.delete(serving));
        served.add(serving);
      }
    } finally {
      await Promise.all(served);
    }
  }

  async #serve(client: Deno.TcpConn): Promise<void> {
    this.#connections.add(client);
    const server = await Deno.connect(this.#target).catch(() => undefined);
    if (server) {
      this.#connections.add(server);
      const pair = { client, server, hello: "" };
      await Promise.all([this.#forwardRequests(pair), this.#forwardAnswers(pair)]);
      this.#connections.delete(server);
    }
    closeQuietly(client);
    this.#connections.delete(client);
  }

  #forwardRequests(pair: Pair): Promise<void> {
    return this.#forward(pair.client, pair.server, (bytes) => {
      this.sent++;
      pair.hello ||= LATIN1.decode(bytes);
      return true;
    });
  }

  #forwardAnswers(pair: Pair): Promise<void> {
    return this.#forward(pair.server, pair.client, (bytes) => !this.#loses(pair, bytes));
  }

  #loses({ hello }: Pair, bytes: Uint8Array): boolean {
    const { count, on, is } = this.#losing;
    if (count === 0 || !on(hello) || !is(LATIN1.decode(bytes))) return false;
    this.#losing.count--;
    return true;
  }

  /** Forwards until either end closes or `passes` returns false, then closes both. */
  async #forward(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    passes: (bytes: Uint8Array) => boolean,
  ): Promise<void> {
    const buffer = new Uint8Array(BUFFER_BYTES);
    try {
      for (
        let length = await from.read(buffer);
        length !== null;
        length = await from.read(buffer)
      ) {
        const bytes = buffer.subarray(0, length);
        if (!passes(bytes)) break;
        if (!this.#frozen) await writeAll(to, bytes);
      }
    } catch { /* the other end was closed */ }
    closeQuietly(from);
    closeQuietly(to);
  }
}

const NOTHING_LOST: Required<LostAnswers> = { count: 0, on: () => false, is: () => false };

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await to.write(bytes.subarray(written));
  }
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch { /* it is closed already */ }
}
