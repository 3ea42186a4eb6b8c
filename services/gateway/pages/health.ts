import { SERVICE_NAMES } from "@evently/shared/config";
import { answers, createRoutes } from "@evently/shared/http";
import { BINDING_ORIGIN, type ServiceBinding } from "@evently/shared/services";
import type { GatewayDeps } from "../deps.ts";

const RETRY_AFTER_S = 1;

/** `/health`: this process answers. `/health/ready`: so do all services, with their stores or what stands in for them. */
export function healthRoutes({ bindings }: Pick<GatewayDeps, "bindings">) {
  const askAll = sharing(() =>
    Promise.all(
      SERVICE_NAMES.map(async (name) => [name, await readiness(bindings[name])] as const),
    )
  );
  const routes = createRoutes();
  routes.get("/health", (c) => c.text("healthy\n"));
  routes.get("/healthz", (c) => c.json({ status: "healthy" }));
  routes.get("/health/ready", async (c) => {
    const entries = await askAll();
    const states = new Set(entries.map(([, state]) => state));
    const ready = !states.has("not ready");
    const status = !ready ? "not ready" : states.has("degraded") ? "degraded" : "ready";
    c.header("Cache-Control", "no-store");
    if (!ready) c.header("Retry-After", String(RETRY_AFTER_S));
    return c.json(
      { status, service: "gateway", services: Object.fromEntries(entries) },
      ready ? 200 : 503,
    );
  });
  return routes;
}

/** `degraded`: it works, though not as it is meant to; its own readiness says why. */
async function readiness(binding: ServiceBinding): Promise<"ready" | "degraded" | "not ready"> {
  let degraded = false;
  const ready = await answers(async () => {
    const response = await binding.fetch(new Request(`${BINDING_ORIGIN}/health/ready`));
    const { status } = await response.json();
    if (!response.ok) throw new Error(`status ${response.status}`);
    degraded = status === "degraded";
  });
  return !ready ? "not ready" : degraded ? "degraded" : "ready";
}

/** Callers that come while a call is under way share its answer: a flood of probes costs no more than one after another. */
function sharing<T>(call: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => underWay ??= call().finally(() => underWay = undefined);
}
