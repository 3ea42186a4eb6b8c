/**
 * Readers of streams, in a program of their own at the lowest priority, as readers elsewhere take no processor time from
 * the platform. A connection each; of a message only what is measured is looked at.
 */
import { bareBytes, writeAll } from "./http_load.ts";
import { type BenchServer, startServer } from "./server.ts";

/** Streams to open: one of the event for each of a number, and one of each user. */
export interface WantedStreams {
  port: number;
  eventId: string;
  eventStreams: number;
  tokens: readonly string[];
}

/** What the readers were told, since they were asked last. */
export interface HeardStreams {
  open: number;
  /** Statuses of streams that were refused. */
  refused: number[];
  /** Seats left, and when, for each message of an event's stream. */
  seats: [left: number, atMs: number][];
  /** What each stream of the event was told last. */
  lastSeats: number[];
  /** Bookings, and when one's own stream told of them first. */
  bookings: [bookingId: string, atMs: number][];
}

/** A program that reads streams. */
export interface StreamReaders extends AsyncDisposable {
  /** Opens streams beside those that are open; returns once each has its first message or was refused. */
  open(wanted: WantedStreams): Promise<HeardStreams>;
  heard(): Promise<HeardStreams>;
  /** Ends all streams. */
  close(): Promise<void>;
}

/** Starts the readers. */
export async function startReaders(): Promise<StreamReaders> {
  const server: BenchServer = await startServer("bench/lib/stream_readers.ts", {}, {
    niceness: 19,
  });
  const ask = async (method: string, body?: unknown) => {
    const url = `http://127.0.0.1:${server.port}/streams`;
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return await (await fetch(url, init)).json();
  };
  return {
    open: (wanted) => ask("POST", wanted),
    heard: () => ask("GET"),
    close: () => ask("DELETE"),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Time on the wall, in ms and their fractions: the same in every process of a machine. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}

/** So many connections are opened at once: a gateway lets no more reads in. */
const OPENED_AT_ONCE = 32;
const BUFFER_BYTES = 16 * 1_024;
const SEATS = /"available_seats":(\d+)/;
const BOOKING = /"booking_id":"([^"]+)"/g;

/** The streams of this program. */
export class OpenStreams {
  readonly #connections = new Set<Deno.TcpConn>();
  readonly #lastSeats = new Map<Deno.TcpConn, number>();
  readonly #refused: number[] = [];
  #seats: HeardStreams["seats"] = [];
  #bookings: HeardStreams["bookings"] = [];

  async open({ port, eventId, eventStreams, tokens }: WantedStreams): Promise<void> {
    const path = `/api/event/events/${eventId}/live`;
    const requests = [
      ...Array.from({ length: eventStreams }, () => bareBytes("GET", path, "none")),
      ...tokens.map((token) => bareBytes("GET", "/api/booking/live", token)),
    ].values();
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, async () => {
      for (const request of requests) await this.#openOne(port, request);
    }));
  }

  /** What was heard since the last time. */
  take(): HeardStreams {
    const [seats, bookings] = [this.#seats, this.#bookings];
    this.#seats = [];
    this.#bookings = [];
    const lastSeats = [...this.#lastSeats.values()];
    return { open: this.#connections.size, refused: this.#refused, seats, lastSeats, bookings };
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
    this.#lastSeats.clear();
  }

  async #openOne(port: number, request: Uint8Array): Promise<void> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    this.#connections.add(connection);
    await writeAll(connection, request);
    const first = Promise.withResolvers<void>();
    void this.#read(connection, first.resolve).catch(() => {}).finally(() => {
      this.#connections.delete(connection);
      first.resolve();
    });
    await first.promise;
  }

  async #read(connection: Deno.TcpConn, onMessage: () => void): Promise<void> {
    const buffer = new Uint8Array(BUFFER_BYTES);
    const decoder = new TextDecoder();
    const known = new Set<string>();
    let text = "";
    for (;;) {
      const length = await connection.read(buffer);
      if (length === null) return;
      text += decoder.decode(buffer.subarray(0, length), { stream: true });
      const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
      if (status !== undefined && status !== "200") {
        this.#refused.push(Number(status));
        return connection.close();
      }
      for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
        if (this.#hear(connection, text.slice(0, end), known)) onMessage();
      }
    }
  }

  /** Notes a message; returns whether the block is one. */
  #hear(connection: Deno.TcpConn, block: string, known: Set<string>): boolean {
    if (!block.includes("data:")) return false;
    const left = SEATS.exec(block)?.[1];
    if (left !== undefined) {
      this.#seats.push([Number(left), wallMs()]);
      this.#lastSeats.set(connection, Number(left));
    }
    for (const [, id] of block.matchAll(BOOKING)) {
      if (known.has(id!)) continue;
      known.add(id!);
      this.#bookings.push([id!, wallMs()]);
    }
    return true;
  }
}
