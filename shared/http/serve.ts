import type { Logger } from "../log.ts";
import { within } from "../within.ts";
import { TrustedProxies } from "./trusted_proxies.ts";
import type { Hop } from "./types.ts";

/** An app as a server sees it. */
export interface Servable {
  fetch(request: Request, hop: Hop): Response | Promise<Response>;
}

/** How a process serves, and what it closes afterwards. */
export interface ServeOptions {
  port: number;
  hostname?: string;
  /** Addresses and CIDR ranges of the proxies before it; none by default. */
  trustedProxies?: readonly string[];
  log: Logger;
  name: string;
  /** Called once the server listens, with the port it got. */
  onListen?: (port: number) => void;
  /** Closes pools and workers; called after the last request was answered. */
  close: () => Promise<void>;
}

/** Requests under way get this long to end; platforms kill a process soon after. */
const DRAIN_TIMEOUT_MS = 4_000;
const CLOSE_TIMEOUT_MS = 4_000;

/**
 * Serves until SIGINT or SIGTERM; then takes no new connection, lets the requests under way end, closes, and
 * ends the process: a timer or socket that a library has left behind does not keep it.
 *
 * @throws {Deno.errors.AddrInUse} the port is taken
 */
export async function serveUntilSignal(app: Servable, options: ServeOptions): Promise<never> {
  const { port, hostname = "0.0.0.0", log, name } = options;
  const trustedProxies = new TrustedProxies(options.trustedProxies ?? []);
  const stopped = Promise.withResolvers<Deno.Signal>();
  const server = Deno.serve({
    port,
    hostname,
    onListen: ({ port }) => {
      log.info("listening", { program: name, port });
      options.onListen?.(port);
    },
  }, (request, info) => app.fetch(request, { remoteAddr: info.remoteAddr, trustedProxies }));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stopped.resolve(signal));
  }
  const signal = await stopped.promise;
  log.info("stopping", { program: name, signal });
  await within(DRAIN_TIMEOUT_MS, server.shutdown(), giveUp);
  await within(CLOSE_TIMEOUT_MS, options.close(), giveUp);
  log.info("stopped", { program: name });
  Deno.exit(0);
}

/** What did not end in its time ends with the process. */
function giveUp(): void {}
