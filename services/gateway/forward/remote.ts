import { cameByProxy, type Hop, isEventStream, peerOf, schemeOf } from "@evently/shared/http";
import type { ServiceBinding } from "@evently/shared/services";

/** Headers between two neighbours, not for who stands behind them (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  "Connection",
  "Keep-Alive",
  "Proxy-Authenticate",
  "Proxy-Authorization",
  "Proxy-Connection",
  "TE",
  "Trailer",
  "Transfer-Encoding",
  "Upgrade",
];

/**
 * Sends a request to a service in another process; the answer's body is streamed.
 *
 * @throws {Unavailable} the service does not answer
 */
export async function forwardRemote(
  binding: ServiceBinding,
  { request, text, path, isIdempotent, requestId, hop, stopping }: {
    request: Request;
    /** The body, which has been read; absent if there is none. */
    text: string | undefined;
    path: string;
    /** Whether it may be sent again when it may have arrived. */
    isIdempotent: boolean;
    requestId: string;
    /** How the request came to the gateway. */
    hop: Hop;
    /** Ends an answer that is a stream of events, which ends in no other way. */
    stopping?: AbortSignal | undefined;
  },
): Promise<Response> {
  const headers = new Headers(request.headers);
  removeHopByHop(headers);
  // It is sent whole now, however it came.
  headers.delete("Content-Length");
  // The server at the edge compresses for the client; between us it would only cost.
  headers.set("Accept-Encoding", "identity");
  sayWhoAsks(headers, request, hop);
  const answer = await binding.fetch(
    new Request(request.url, { method: request.method, headers }),
    { path, requestId, text, isIdempotent },
  );
  const answerHeaders = new Headers(answer.headers);
  removeHopByHop(answerHeaders);
  const { status } = answer;
  if (stopping && answer.body && isEventStream(answerHeaders)) {
    const ending = answer.body.pipeThrough(new TransformStream(), { signal: stopping });
    return new Response(ending, { status, headers: answerHeaders });
  }
  return new Response(answer.body, { status, headers: answerHeaders });
}

/** The service believes the gateway, so nothing goes on that the gateway itself does not believe. */
function sayWhoAsks(headers: Headers, request: Request, hop: Hop): void {
  if (!cameByProxy(hop)) headers.delete("X-Forwarded-For");
  const peer = peerOf(hop);
  if (peer !== undefined) headers.append("X-Forwarded-For", peer);
  headers.set("X-Forwarded-Proto", schemeOf(request, hop));
}

function removeHopByHop(headers: Headers): void {
  const named = headers.get("Connection")?.split(",").map((name) => name.trim()).filter(isToken);
  for (const name of [...HOP_BY_HOP, ...named ?? []]) headers.delete(name);
}

/** What is no header name cannot name one, and `delete()` would throw. */
function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}
