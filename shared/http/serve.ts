import type { Logger } from "../log.ts";
import { areCollected, collect, observeProcess, serveMetrics } from "../metrics/mod.ts";
import { CannotRun } from "../output/mod.ts";
import { within } from "../within.ts";
import { TrustedProxies } from "./trusted_proxies.ts";
import type { Hop } from "./types.ts";

/** An app as a server sees it. */
export interface Servable {
  fetch(request: Request, hop: Hop): Response | Promise<Response>;
}

/** Options of a serving process, and the resources that it closes at its end. */
export interface ServeOptions {
  port: number;
  hostname: string;
  /** Addresses and CIDR ranges of the proxies before it; none by default. */
  trustedProxies?: readonly string[];
  /** Where `/metrics` is; nowhere by default. */
  metricsPort?: number | undefined;
  log: Logger;
  name: string;
  /** Called once the server listens, with the port it got. */
  onListen?: (port: number) => void;
  /** How long work under way may take to end after the signal; platforms kill a process after a grace period. */
  stopGraceMs: number;
  /** Ends answers that would go on for ever; called at the signal, as the others are waited for. */
  endStreams?: () => void;
  /**
   * Lets work end that goes on without a request, as its client has gone, for so many milliseconds at most; what is left
   * then is handed on to other processes. Called after the last request was answered, or the grace is over.
   */
  finish?: (limitMs: number) => Promise<void>;
  /** Closes pools and workers; called after that. */
  close: () => Promise<void>;
  /** How long handing over work, and then closing, may take; with the grace less than the platform's own. */
  closeTimeoutMs?: number;
}

const CLOSE_TIMEOUT_MS = 4_000;

/**
 * Serves until SIGINT or SIGTERM; then takes no new connection, lets the requests under way end, and closes. The
 * program must exit then: a timer or socket that a library has left behind may keep it.
 *
 * @returns the exit code of the program
 * @throws {CannotRun} it cannot listen there, as the port is taken for example
 */
export async function serveUntilSignal(app: Servable, options: ServeOptions): Promise<number> {
  const { log, name, stopGraceMs, endStreams, finish, closeTimeoutMs = CLOSE_TIMEOUT_MS } = options;
  const stopped = Promise.withResolvers<Deno.Signal>();
  const closeMetrics = await listenForMetrics(options);
  const server = await listen(app, options);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stopped.resolve(signal));
  }
  const signal = await stopped.promise;
  log.info("stopping", { program: name, signal });
  const untilMs = performance.now() + stopGraceMs;
  endStreams?.();
  await within(stopGraceMs, server.shutdown(), giveUp);
  const leftMs = Math.max(0, untilMs - performance.now());
  if (finish) await within(leftMs + closeTimeoutMs, finish(leftMs), giveUp);
  await within(closeTimeoutMs, Promise.all([options.close(), closeMetrics()]), giveUp);
  log.info("stopped", { program: name });
  return 0;
}

/** Errors of `Deno.serve` when it cannot listen, and their meaning for the operator. */
const REASONS: readonly [kind: new () => Error, reason: string][] = [
  [Deno.errors.AddrInUse, "the port is taken"],
  [Deno.errors.AddrNotAvailable, "this machine has no such address"],
  [Deno.errors.PermissionDenied, "this account may not use the port"],
];

async function listen(
  app: Servable,
  { port, hostname, log, name, onListen, close, ...options }: ServeOptions,
): Promise<Deno.HttpServer> {
  const trustedProxies = new TrustedProxies(options.trustedProxies ?? []);
  return await listening({ port, hostname, close }, () =>
    Deno.serve({
      port,
      hostname,
      onListen: ({ port }) => {
        log.info("listening", { program: name, port });
        onListen?.(port);
      },
    }, (request, info) => app.fetch(request, { remoteAddr: info.remoteAddr, trustedProxies })));
}

/** Measures the process and serves its metrics, if anybody collects them; returns what ends that. */
async function listenForMetrics(
  { metricsPort, hostname, close, log, name }: ServeOptions,
): Promise<() => Promise<void>> {
  if (metricsPort === undefined && !areCollected()) return () => Promise.resolve();
  collect();
  const stopObserving = observeProcess();
  if (metricsPort === undefined) return () => Promise.resolve(stopObserving());
  const server = await listening(
    { port: metricsPort, hostname, close },
    () => serveMetrics({ hostname, port: metricsPort }),
  );
  log.info("serving metrics", { program: name, metrics_port: server.addr.port });
  return async () => {
    stopObserving();
    await server.shutdown();
  };
}

/** @throws {CannotRun} the program cannot listen there */
async function listening(
  { port, hostname, close }: Pick<ServeOptions, "port" | "hostname" | "close">,
  listen: () => Deno.HttpServer<Deno.NetAddr>,
): Promise<Deno.HttpServer<Deno.NetAddr>> {
  try {
    return listen();
  } catch (error) {
    const reason = REASONS.find(([kind]) => error instanceof kind)?.[1];
    if (reason === undefined) throw error;
    await within(CLOSE_TIMEOUT_MS, close(), giveUp);
    throw new CannotRun(`Cannot listen on ${hostname}:${port} as ${reason}`);
  }
}

/** Work that does not end in time ends with the process. */
function giveUp(): void {}
