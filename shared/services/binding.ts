import type { ServiceName } from "../config/mod.ts";
import { Unavailable } from "../errors/mod.ts";
import type { Hop, Servable } from "../http/mod.ts";
import { inChildSpan, passTraceOn } from "../tracing/mod.ts";
import { askReplica } from "./replicas/ask_replica.ts";
import { ReplicaSet, type ReplicaSetOptions } from "./replicas/replica_set.ts";

/** What a caller knows of its request; a service in another process is reached the better for it. */
export interface Sending extends Hop {
  /** The body, where it has been read: it can be sent twice. The request's own is not looked at then. */
  text?: string | undefined;
  /** Whether it may be sent again when it may have arrived. `GET` and `HEAD` always may. */
  isIdempotent?: boolean | undefined;
}

/**
 * How one service reaches another: a `fetch` that goes into this process or over the network.
 * Nothing else knows the difference.
 */
export interface ServiceBinding {
  readonly service: ServiceName;
  /** Whether the service runs in this process. */
  readonly local: boolean;
  /**
   * What a service in this process offers its callers directly, where HTTP between them would cost more than what
   * is done; of the type that the service exports. Its routes offer the same to all others.
   */
  operations?(): unknown;
  /**
   * Sends a request on. The URL's origin does not matter.
   *
   * @throws {Unavailable} no answer
   */
  fetch(request: Request, sending?: Sending): Promise<Response>;
}

/** A service in this process. It is asked for at each call, so that services may refer to each other. */
export function localBinding(
  service: ServiceName,
  app: () => Servable,
  operations: () => unknown = () => undefined,
): ServiceBinding {
  return {
    service,
    local: true,
    operations,
    fetch: async (request, hop = {}) => await app().fetch(request, hop),
  };
}

/** The most that another service may take until the headers of its answer; bodies may stream for longer. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Calls back once after a deadline; returns what stops it. Replaced in tests. */
type StartTimer = (onTimeout: () => void) => () => void;

function startAnswerTimer(onTimeout: () => void): () => void {
  const timer = setTimeout(onTimeout, ANSWER_TIMEOUT_MS);
  return () => clearTimeout(timer);
}

/** Methods that change nothing, so that requests with them may be sent again (RFC 9110, section 9.2.1). */
const SAFE_METHODS = new Set(["GET", "HEAD"]);

/** A service in other processes, at one URL or several. Redirects are handed back, not followed; bodies stream. */
export function remoteBinding(
  service: ServiceName,
  urls: string | readonly string[],
  { startTimer = startAnswerTimer, ...options }:
    & { startTimer?: StartTimer }
    & ReplicaSetOptions = {},
): ServiceBinding {
  const replicas = new ReplicaSet([urls].flat(), options);

  async function send(
    request: Request,
    { path, requestId, text, isIdempotent = false }: Sending,
  ): Promise<Response> {
    const { method } = request;
    const isSafe = SAFE_METHODS.has(method);
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete("Host");
    if (requestId !== undefined) headers.set("X-Request-ID", requestId);
    passTraceOn(headers);
    const late = new AbortController();
    const stopTimer = startTimer(() => late.abort(new Error("no answer in time")));
    try {
      return await askReplica(replicas, {
        method,
        target: (path ?? pathname) + search,
        headers,
        text: isSafe ? undefined : text, // `fetch` refuses a body
        body: request.body,
        isIdempotent: isIdempotent || isSafe,
        signal: AbortSignal.any([late.signal, request.signal]),
      });
    } catch (error) {
      throw new Unavailable(`The ${service} service does not answer`, {
        cause: new Error(reasonOf(error)),
      });
    } finally {
      stopTimer();
    }
  }

  return {
    service,
    local: false,
    fetch: (request, sending = {}) =>
      inChildSpan(`call ${service}`, { kind: "client" }, () => send(request, sending)),
  };
}

/** ` for url (http://…)` where nothing was sent, ` for http://… (127.0.0.1:8004)` later. */
const URL_IN_TEXT = / for (?:url \([^)]*\)|https?:\S+)/g;

/** Why a call had no answer, without its URL: paths and queries carry secrets, and this is for the log. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { message } = error.cause instanceof Error ? error.cause : error;
  return message.replace(URL_IN_TEXT, "");
}

/** The bindings of all services. */
export type ServiceBindings = Readonly<Record<ServiceName, ServiceBinding>>;

/** Origin of the URLs that go to a binding, which replaces it. */
export const BINDING_ORIGIN = "http://service.internal";
