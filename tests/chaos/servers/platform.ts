import { freePort } from "@evently/shared/testing";
import { fileURLToPath } from "node:url";
import { SERVICE_NAMES } from "@evently/shared/config";
import { Supervised } from "./supervised.ts";

/** Number of processes that the platform runs in. */
export type ProcessCount = 1 | 5;

/** The platform's supervised processes. */
export interface PlatformProcesses extends AsyncDisposable {
  /** Origin of the gateway. */
  readonly origin: string;
  /** `gateway` alone, or `user`, `event`, `search`, `booking` and `gateway`. */
  readonly processes: readonly Supervised[];
}

/** Permissions of `deno task start`. */
const PERMISSIONS = ["net", "env", "read", "ffi", "sys"].map((name) => `--allow-${name}`);
const PASSED_ON = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "XDG_CACHE_HOME"];

export const JWT_SECRET = "chaos-only-jwt-secret-0123456789abcdef";
/** Lifetime of a hold. */
export const HOLD_TTL_MS = 6_000;
const VARIABLES: Readonly<Record<string, string>> = {
  ENVIRONMENT: "production",
  NO_COLOR: "1",
  HOST: "127.0.0.1",
  // As in production; enough output to fill a pipe that is not read.
  LOG_LEVEL: "info",
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET,
  INTERNAL_API_KEY: "chaos-only-internal-api-key",
  JWT_ACCESS_TOKEN_DURATION: "12h",
  BOOKING_RESERVATION_EXPIRY: `${HOLD_TTL_MS}ms`,
  // The shortest that is allowed.
  BOOKING_WAITLIST_OFFER_DURATION: "1m",
  BOOKING_CLEANUP_INTERVAL: "500ms",
  BOOKING_TAKEOVER_AFTER: "3s",
  EVENT_SEAT_GRACE: "2s",
  EVENT_CLEANUP_INTERVAL: "1s",
  // Rate limits are counted but never reached, or off.
  BOOKING_RATE_LIMIT_PER_MINUTE: "1000000",
  GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
  MOCK_PAYMENT_SUCCESS_RATE: "0.95",
};

/** Starts the platform in one or five supervised processes. */
export async function startPlatformProcesses(
  base: string,
  { count, stores, onUnexpectedExit }: {
    count: ProcessCount;
    stores: Record<string, string>;
    onUnexpectedExit: (name: string, status: Deno.CommandStatus) => void;
  },
): Promise<PlatformProcesses> {
  const services = count === 1 ? [] : SERVICE_NAMES;
  const names = [...services, "gateway"];
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await freePort(`${base}/${name}`));
  const urls = Object.fromEntries(
    services.map((name) => [
      `${name.toUpperCase()}_SERVICE_URL`,
      `http://127.0.0.1:${ports.get(name)}`,
    ]),
  );
  const inherited = Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const processes = names.map((name) =>
    new Supervised({
      name,
      command: Deno.execPath(),
      args: ["run", "--quiet", ...PERMISSIONS, programOf(name)],
      env: { ...inherited, ...VARIABLES, ...stores, ...urls, PORT: String(ports.get(name)) },
      log: `${base}/${name}.log`,
      stopSignal: "SIGTERM",
      onUnexpectedExit,
    })
  );
  return {
    origin: `http://127.0.0.1:${ports.get("gateway")}`,
    processes,
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}

function programOf(name: string): string {
  return fileURLToPath(new URL(`../../../services/${name}/main.ts`, import.meta.url));
}
