import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { AbstractConnector } from "ioredis";
import { DISCONNECT_TIMEOUT_MS } from "./keep_connected.ts";

/** Where a node is, as ioredis says it. */
interface NodeOptions {
  host?: string;
  port?: number;
  tls?: Record<string, unknown>;
}

/**
 * All connections of a cluster's client, those included with which it asks for slots. The client ends them one by one and
 * does not wait; here they are ended at once.
 */
export class ClusterConnections {
  readonly #open = new Set<Socket>();
  /** Why a connection could not be made or broke last, which the client does not tell. */
  lastError: Error | undefined;

  /** A connector for the client's options. */
  connector(): new (options: unknown) => AbstractConnector {
    const track = (socket: Socket) => {
      this.#open.add(socket);
      socket.once("close", () => this.#open.delete(socket));
      socket.once("error", (error) => this.lastError = error);
      return socket;
    };
    return class extends AbstractConnector {
      readonly #options: NodeOptions;

      constructor(options: unknown) {
        super(DISCONNECT_TIMEOUT_MS);
        this.#options = options as NodeOptions;
      }

      connect(): Promise<Socket> {
        const { host = "127.0.0.1", port = 6379, tls } = this.#options;
        this.connecting = true;
        const socket = track(tls ? connectTls({ ...tls, host, port }) : connectTcp({ host, port }));
        this.stream = socket;
        socket.once("error", (error) => this.firstError = error);
        return Promise.resolve(socket);
      }

      override disconnect(): void {
        this.connecting = false;
        // The client would wait for the end of a connection that never was.
        if (!(this.stream as Socket | undefined)?.destroyed) super.disconnect();
      }
    };
  }

  /** Ends every connection, and waits until all are ended. */
  async close(): Promise<void> {
    const ended = [...this.#open].map((socket) =>
      new Promise<void>((resolve) => socket.once("close", () => resolve()))
    );
    for (const socket of this.#open) socket.destroy();
    await Promise.all(ended);
  }
}
