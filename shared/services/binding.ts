import type { ServiceName } from "../config/mod.ts";
import { Unavailable } from "../errors/mod.ts";
import type { Hop, Servable } from "../http/mod.ts";

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
  fetch(request: Request, hop?: Hop): Promise<Response>;
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

/** A service at `baseUrl`. Redirects are handed back, not followed; bodies stream. */
export function remoteBinding(
  service: ServiceName,
  baseUrl: string,
  { startTimer = startAnswerTimer }: { startTimer?: StartTimer } = {},
): ServiceBinding {
  const base = baseUrl.replace(/\/+$/, "");
  return {
    service,
    local: false,
    async fetch(request, hop = {}) {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      headers.delete("Host");
      if (hop.requestId !== undefined) headers.set("X-Request-ID", hop.requestId);
      const late = new AbortController();
      const stopTimer = startTimer(() => late.abort(new Error("no answer in time")));
      try {
        return await fetch(`${base}${hop.path ?? pathname}${search}`, {
          method: request.method,
          headers,
          body: request.body,
          redirect: "manual",
          signal: AbortSignal.any([late.signal, request.signal]),
        });
      } catch (error) {
        throw new Unavailable(`The ${service} service does not answer`, {
          cause: new Error(reasonOf(error)),
        });
      } finally {
        stopTimer();
      }
    },
  };
}

const URL_IN_TEXT = / for url \([^)]*\)/g;

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
