import { ManualClock } from "@evently/shared/clock";
import { type Environment, SERVICE_NAMES, type ServiceName } from "@evently/shared/config";
import { createServiceApp, type Servable, TrustedProxies } from "@evently/shared/http";
import { SILENT_LOGGER } from "@evently/shared/log";
import { localBinding, remoteBinding, type ServiceBindings } from "@evently/shared/services";
import { UrgentWork } from "@evently/shared/urgent_work";
import { createGatewayApp } from "../app.ts";

/** A service that tells what has reached it, at `/api/v1/echo`; `/internal/secret` must not be reached. */
export function echoService(
  name: ServiceName,
  { status = "ready", bodyTimeoutMs = 10_000, held }: {
    status?: string;
    bodyTimeoutMs?: number;
    /** No request of the API is answered before this. */
    held?: Promise<void> | undefined;
  } = {},
): Servable {
  const app = createServiceApp({ log: SILENT_LOGGER, corsOrigins: "any", bodyTimeoutMs }, "test");
  app.get("/health/ready", (c) => c.json({ status }));
  app.get("/internal/secret", (c) => c.text("secret"));
  app.get("/openapi.json", (c) => c.json(echoDocument(name)));
  app.all("/api/v1/*", async (c) => {
    await held;
    return c.json({
      service: name,
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      body: await c.req.text(),
    });
  });
  return app;
}

function echoDocument(name: ServiceName) {
  const ref = { $ref: "#/components/schemas/Thing" };
  const responses = {
    200: { description: "OK", content: { "application/json": { schema: ref } } },
  };
  return {
    openapi: "3.1.0",
    info: { title: name, version: "1" },
    paths: {
      "/healthz": { get: { responses } },
      "/api/v1/echo/{id}": {
        get: { operationId: "echo", security: [{ userToken: [] }], responses },
      },
    },
    components: {
      schemas: { Thing: { title: `${name}'s thing` } },
      securitySchemes: { userToken: { type: "http", scheme: "bearer" } },
    },
  };
}

/** A gateway before echoing services, in this process or at the URLs that are given. */
export function gatewayBeforeEchoes(
  {
    urls = {},
    requestsPerMinute = 0,
    trustedProxies = [],
    bodyTimeoutMs = 10_000,
    publicUrl,
    environment = "development",
    held = {},
  }: {
    /** Services in this process that answer no request of the API before this. */
    held?: Partial<Record<ServiceName, Promise<void>>>;
    environment?: Environment;
    urls?: Partial<Record<ServiceName, string>>;
    requestsPerMinute?: number;
    trustedProxies?: readonly string[];
    bodyTimeoutMs?: number;
    publicUrl?: string;
  } = {},
) {
  const bindings = Object.fromEntries(SERVICE_NAMES.map((name) => {
    const url = urls[name];
    const app = echoService(name, { bodyTimeoutMs, held: held[name] });
    return [name, url === undefined ? localBinding(name, () => app) : remoteBinding(name, url)];
  })) as unknown as ServiceBindings;
  const clock = new ManualClock();
  const urgent = new UrgentWork();
  const app = createGatewayApp({
    log: SILENT_LOGGER,
    corsOrigins: "any",
    clock,
    environment,
    bodyTimeoutMs,
    publicUrl,
    limits: { requestsPerMinute },
    urgent,
    bindings,
  });
  const proxies = new TrustedProxies(trustedProxies);
  const request = async (path: string, init?: RequestInit, from = "203.0.113.7") =>
    await app.fetch(new Request(`http://gateway${path}`, init), {
      remoteAddr: { transport: "tcp", hostname: from, port: 1 },
      trustedProxies: proxies,
    });
  return { app, clock, urgent, request };
}
