/** A TCP proxy before a server, which can be cut, frozen and mended: a network that fails on demand. */
export class TcpProxy {
  readonly #target: Deno.ConnectOptions;
  readonly #connections = new Set<Deno.TcpConn>();
  #listener: Deno.TcpListener;
  #accepting: Promise<void>;
  #frozen = false;
  /** How many chunks of bytes clients have sent. */
  sent = 0;

  constructor(target: { hostname: string; port: number }) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
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

  async #accept(): Promise<void> {
    const served: Promise<unknown>[] = [];
    try {
      for await (const client of this.#listener) served.push(this.#serve(client));
    } finally {
      await Promise.all(served);
    }
  }

  async #serve(client: Deno.TcpConn): Promise<void> {
    this.#connections.add(client);
    const server = await Deno.connect(this.#target);
    this.#connections.add(server);
    await Promise.all([
      this.#forward(client, server, () => this.sent++),
      this.#forward(server, client, () => {}),
    ]);
    this.#connections.delete(client);
    this.#connections.delete(server);
  }

  /** Forwards until either end closes, and then closes both. */
  async #forward(from: Deno.TcpConn, to: Deno.TcpConn, onChunk: () => void): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (
        let length = await from.read(buffer);
        length !== null;
        length = await from.read(buffer)
      ) {
        onChunk();
        if (!this.#frozen) await writeAll(to, buffer.subarray(0, length));
      }
    } catch { /* the other end was closed */ }
    closeQuietly(from);
    closeQuietly(to);
  }
}

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
