import { METRICS } from "./metrics.ts";
import { PROMETHEUS_TYPE, prometheusText } from "./prometheus_text.ts";

/**
 * Serves `/metrics` to Prometheus on a port of its own, which strangers must not reach: the port of the program never
 * answers it.
 */
export function serveMetrics(
  { hostname, port }: { hostname: string; port: number },
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname, port, onListen() {} }, (request) => {
    const isMetrics = request.method === "GET" && new URL(request.url).pathname === "/metrics";
    if (!isMetrics) return new Response("Only GET /metrics is here\n", { status: 404 });
    return new Response(prometheusText(METRICS), { headers: { "Content-Type": PROMETHEUS_TYPE } });
  });
}
