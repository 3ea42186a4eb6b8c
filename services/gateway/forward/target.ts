import { SERVICE_NAMES, type ServiceName } from "@evently/shared/config";

/** Which service a request is for, and by which path that service knows it. */
export interface Target {
  service: ServiceName;
  /** As the client wrote it, percent-encoding and all. */
  path: string;
}

const API = new RegExp(`^/api/(${SERVICE_NAMES.join("|")})(/.+)$`);

/** What old documentation shows, and what the booking service calls it. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  "booking/reserve": "/bookings/reserve",
  "booking/confirm": "/bookings/confirm",
};

/**
 * Whatever a server or URL parser might fold into another path: empty and dot segments, backslashes,
 * encoded slashes, NUL.
 */
const AMBIGUOUS = /\/\/|\\|%2f|%5c|%00|\/(?:\.|%2e){1,2}(?:\/|$)/i;
const INTERNAL = /^\/internal(?:\/|$)/i;

/**
 * Where the gateway sends a path; `undefined` is nowhere.
 *
 * WARNING: this keeps `/internal` of the services unreachable from outside, so it takes paths as they
 * were sent and refuses every one that could be read in two ways.
 */
export function targetOf(rawPath: string): Target | undefined {
  const [, service, path] = API.exec(rawPath) ?? [];
  if (service === undefined || path === undefined || AMBIGUOUS.test(path)) return undefined;
  if (INTERNAL.test(decoded(path))) return undefined;
  return {
    service: service as ServiceName,
    path: `/api/v1${SHORT_FORMS[service + path] ?? path}`,
  };
}

/** Requests with a key of their own, or about a payment that is made once: asked twice, they are answered alike. */
const ASKED_TWICE: ReadonlySet<string> = new Set([
  "/api/v1/bookings/reserve",
  "/api/v1/bookings/confirm",
]);

/** Whether a request may be sent to its service again when it may have arrived. */
export function mayArriveTwice({ service, path }: Target, method: string): boolean {
  return service === "booking" && method === "POST" && ASKED_TWICE.has(path);
}

/** The path of a URL as it was sent; `new URL()` would resolve its dot segments. */
export function rawPathOf(url: string): string {
  const begin = url.indexOf("/", url.indexOf("://") + "://".length);
  if (begin === -1) return "/";
  const end = url.slice(begin).search(/[?#]/);
  return end === -1 ? url.slice(begin) : url.slice(begin, begin + end);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
