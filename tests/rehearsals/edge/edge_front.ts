/**
 * Stands for Deno Deploy's edge: leads each new connection to the next of the instances that get traffic. Connections to
 * an instance that gets no more stay until the instance ends them.
 */
export class EdgeFront implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.TcpConn>();
  readonly #serving: Promise<void>;
  #ports: readonly number[] = [];
  #next = 0;
  /** Connections led so far, by the port of the instance. */
  readonly led = new Map<number, number>();

  constructor() {
    this.#serving = this.#accept();
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  /** From now on these instances get the new connections. */
  lead(instances: readonly { port: number }[]): void {
    this.#ports = instances.map(({ port }) => port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) closeQuietly(connection);
    await this.#serving;
  }

  async #accept(): Promise<void> {
    const pipes: Promise<void>[] = [];
    for await (const client of this.#listener) pipes.push(this.#lead(client));
    await Promise.all(pipes);
  }

  async #lead(client: Deno.TcpConn): Promise<void> {
    const port = this.#ports[this.#next++ % this.#ports.length];
    const server = port === undefined ? undefined : await connectTo(port);
    if (!server) return closeQuietly(client);
    this.led.set(port!, (this.led.get(port!) ?? 0) + 1);
    this.#connections.add(client).add(server);
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
    closeQuietly(client);
    closeQuietly(server);
    this.#connections.delete(client);
    this.#connections.delete(server);
  }
}

async function connectTo(port: number): Promise<Deno.TcpConn | undefined> {
  return await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch { /* it is closed already */ }
}
