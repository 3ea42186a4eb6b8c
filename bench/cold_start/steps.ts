/**
 * The steps of a start of the edge entry, one after another, with the processor time of each. Packages come first, then
 * our own modules, from those that the others import: each counts what the ones before it have not loaded.
 */
import process from "node:process";

/** A step and its processor time. */
export interface Step {
  name: string;
  cpuMs: number;
}

const PACKAGES = ["hono", "zod", "@hono/zod-openapi", "postgres"];
const SHARED = ["errors", "output", "config", "http", "postgres", "redis", "auth", "services"];
const SERVICES = ["web", "user", "event", "search", "booking", "gateway"];

const steps: Step[] = [];
let before = process.cpuUsage();
step("Deno itself, and this program", { user: 0, system: 0 });

for (const name of PACKAGES) {
  await import(name);
  step(`module: ${name}`);
}
for (const name of SHARED) {
  await import(`../../shared/${name}/mod.ts`);
  step(`modules: shared/${name}, and packages`);
}
for (const name of SERVICES) {
  await import(`../../services/${name}/mod.ts`);
  step(`modules: services/${name}, until it is asked`);
}

const { createGatewayApp, readPlatformConfig } = await import("@evently/gateway");
const { SYSTEM_CLOCK: clock } = await import("@evently/shared/clock");
const { SERVICE_NAMES } = await import("@evently/shared/config");
const { SILENT_LOGGER: log } = await import("@evently/shared/log");
const { openPostgres } = await import("@evently/shared/postgres");
const { openRedis } = await import("@evently/shared/redis");
const { BINDING_ORIGIN, createServiceContext, localBinding } = await import(
  "@evently/shared/services"
);
type OpenService = import("@evently/shared/services").OpenService;
type ServiceBindings = import("@evently/shared/services").ServiceBindings;

before = process.cpuUsage();
const { server, limits, local } = readPlatformConfig(Deno.env.toObject());
if (!local) throw new Error("all services run here");
step("configuration");

const opened = new Map<string, OpenService>();
const bindings = Object.fromEntries(
  SERVICE_NAMES.map((name) => [
    name,
    localBinding(name, () => opened.get(name)!.app, () => opened.get(name)!.operations),
  ]),
) as unknown as ServiceBindings;
const redis = await openRedis(local.redis);
const lent = { log, clock, redis, bindings };
const context = createServiceContext({ server, ...local }, lent);
step("opening: Redis");
for (const name of SERVICE_NAMES) {
  opened.set(name, await local.openers[name]!(context));
  step(`opening: ${name}, its pools and workers`);
}
const { corsOrigins, environment } = server;
const { urgent } = context;
const app = createGatewayApp({ log, clock, corsOrigins, environment, limits, urgent, bindings });
step("opening: the gateway's routes");
await read(await app.fetch(new Request(`${BINDING_ORIGIN}/health`), {}));
step("first answer");

const sql = openPostgres(Deno.env.get("USER_SERVICE_DB_URL")!, { max: 1, name: "bench" });
await sql`SELECT 1`;
step("first connection and query");
for (const name of SERVICE_NAMES) {
  await read(await bindings[name].fetch(new Request(`${BINDING_ORIGIN}/healthz`)));
  step(`routes and schemas: ${name}, when it is asked`);
}
await Promise.all(
  SERVICE_NAMES.map(async (name) =>
    await read(await bindings[name].fetch(new Request(`${BINDING_ORIGIN}/health/ready`)))
  ),
);
step("first readiness of all services");
for (const worker of opened.get("search")!.workers) await worker.runNow();
step("filling the search index");
await read(await app.fetch(new Request(`${BINDING_ORIGIN}/openapi.json`), {}));
step("/openapi.json, when it is asked");

Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(steps)));
Deno.exit(0);

/** Ends a step. */
function step(name: string, since: NodeJS.CpuUsage = before): void {
  const spent = process.cpuUsage(since);
  before = process.cpuUsage();
  steps.push({ name, cpuMs: (spent.user + spent.system) / 1_000 });
}

async function read(response: Response): Promise<void> {
  await response.arrayBuffer();
}
