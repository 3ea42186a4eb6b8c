import type { Hop } from "@evently/shared/http";
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
 * Sends a request to a service in another process; both bodies are streamed.
 *
 * @throws {Unavailable} the service does not answer
 */
export async function forwardRemote(
  binding: ServiceBinding,
  { request, path, requestId, remoteAddr }: Required<Omit<Hop, "remoteAddr">> & {
    request: Request;
    remoteAddr: Deno.Addr | undefined;
  },
): Promise<Response> {
  const headers = new Headers(request.headers);
  removeHopByHop(headers);
  // The server at the edge compresses for the client; between us it would only cost.
  headers.set("Accept-Encoding", "identity");
  if (remoteAddr && "hostname" in remoteAddr) {
    headers.append("X-Forwarded-For", remoteAddr.hostname);
  }
  const answer = await binding.fetch(
    new Request(request.url, { method: request.method, headers, body: request.body }),
    { path, requestId },
  );
  const answerHeaders = new Headers(answer.headers);
  removeHopByHop(answerHeaders);
  return new Response(answer.body, { status: answer.status, headers: answerHeaders });
}

function removeHopByHop(headers: Headers): void {
  const named = headers.get("Connection")?.split(",").map((name) => name.trim()).filter(isToken);
  for (const name of [...HOP_BY_HOP, ...named ?? []]) headers.delete(name);
}

/** What is no header name cannot name one, and `delete()` would throw. */
function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}
