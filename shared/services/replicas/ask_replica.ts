import { eventOfRequest } from "./event_of_request.ts";
import type { Replica, ReplicaSet } from "./replica_set.ts";

/** A request to any replica of a service. */
export interface ReplicaRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: Headers;
  /** Its body, if that is known as a whole. */
  text: string | undefined;
  /** The body, where it is not. */
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Whether it may be sent again when it may have arrived. */
  isIdempotent: boolean;
  /** Gives up. */
  signal: AbortSignal;
}

/** Replicas that are asked for one request, at most. */
const MAX_TRIES = 3;
/** How often a request is sent that may arrive each time, at most. */
const MAX_ARRIVALS = 2;

/**
 * Sends a request to the replica of its event, or to the next in turn. If that one cannot be reached, another is asked; if
 * it breaks off or falls silent, once another, where the request may be sent again.
 *
 * @throws {Error} the last failure
 */
export async function askReplica(
  replicas: ReplicaSet,
  { method, target, headers, text, body, isIdempotent, signal }: ReplicaRequest,
): Promise<Response> {
  const isWhole = text !== undefined || body === null;
  const mayArriveTwice = isWhole && isIdempotent;
  const tried = new Set<Replica>();
  let arrivals = 0;
  for (;;) {
    const replica = await replicas.choose(() => eventOfRequest(target, text), tried);
    if (!replica) throw new Error("there is no replica");
    tried.add(replica);
    const { base, client, silence } = replica;
    try {
      return await replicas.whileWaiting(() =>
        fetch(base + target, {
          method,
          headers,
          body: text ?? body,
          redirect: "manual",
          signal: mayArriveTwice ? AbortSignal.any([signal, silence]) : signal,
          ...(client ? { client } : {}),
        })
      );
    } catch (error) {
      if (signal.aborted) throw error;
      replicas.failed(replica);
      const hasArrived = !isUnsent(error);
      if (hasArrived) arrivals++;
      const mayGoOn = hasArrived ? mayArriveTwice && arrivals < MAX_ARRIVALS : isWhole;
      if (!mayGoOn || !replicas.isSpread || tried.size >= MAX_TRIES) throw error;
    }
  }
}

/** Deno's words for a connection that was not made; a test holds them. */
const NOT_CONNECTED = /client error \(Connect\)/;

/** Whether a request failed before any of it was sent. */
function isUnsent(error: unknown): boolean {
  // The address went, and its client was closed with it.
  if (error instanceof Deno.errors.BadResource) return true;
  return error instanceof Error && error.cause instanceof Error &&
    NOT_CONNECTED.test(error.cause.message);
}
