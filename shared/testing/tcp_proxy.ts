/** Answers that a {@link TcpProxy} is to lose. */
export interface LostAnswers {
  /** How many, each on a connection of its own. */
  count: number;
  /** Whether a connection is meant, by the first bytes that its client sent (as Latin-1). */
  on?: (hello: string) => boolean;
  /** Whether a piece of what the server says is meant (as Latin-1). */
  is?: (answer: string) => boolean;
}

/** One client and the server, as far as the proxy knows them. */
interface Pair {
  client: Deno.TcpConn;
  server: Deno.TcpConn;
  hello: string;
}

const LATIN1 = new TextDecoder("latin1");
const BUFFER_BYTES = 64 * 1024;

/** A TCP proxy before a server, which can be cut, frozen and mended, and can lose answers: a network that fails on demand. */
export class TcpProxy {
  readonly #target: Deno.ConnectOptions;
  readonly #connections = new Set<Deno.TcpConn>();
  #listener: Deno.TcpListener;
  #accepting: Promise<void>;
  #frozen = false;
  #losing: Required<LostAnswers> = NOTHING_LOST;
  /** How many chunks of bytes clients have sent. */
  sent = 0;

  /** @param port where it listens; a free one by default */
  constructor(target: { hostname: string; port: number }, { port = 0 }: { port?: number } = {}) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port });
    this.#accepting = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** The server is gone: connections break, and new ones are refused. */
  async cut(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) closeQuietly(connection);
    await this.#accepting;
  }

  /** The server hangs: connections stay, and nothing is answered. */
  freeze(): void {
    this.#frozen = true;
  }

  /** The server answers again what is asked from now on. */
  thaw(): void {
    this.#frozen = false;
  }

  /** The server is back after a cut, on the same port. */
  mend(): void {
    this.#frozen = false;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: this.port });
    this.#accepting = this.#accept();
  }

  /** From now on: the server does what it is asked, and the connection ends before its answer comes back. */
  loseAnswers({ count, on = () => true, is = () => true }: LostAnswers): void {
    this.#losing = { count, on, is };
  }

  /** How many of the answers to lose have not come by yet. */
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

  /** Forwards until either end closes, or `passes` says no, and then closes both. */
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
