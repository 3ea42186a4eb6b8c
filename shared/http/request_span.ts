import {
  activeSpan,
  fail,
  isTracing,
  kindOf,
  readTraceparent,
  type Span,
  startSpan,
  TRACEPARENT,
  within,
} from "../tracing/mod.ts";

/** The program whose callers are strangers, whose traces nobody joins. */
export const GATEWAY = "gateway";
const FIRST_SERVER_ERROR = 500;

/** A request as its span describes it. */
export interface SpannedRequest {
  request: Request;
  service: string;
}

/**
 * Answers a request in a span of its own: part of the caller's trace where there is one and it may be believed. The span
 * has the route's pattern, and never path or query, which may hold secrets.
 */
export function inRequestSpan<Answer>(
  asked: SpannedRequest,
  answer: (span: Span | undefined) => Promise<Answer>,
): Promise<Answer> {
  return isTracing ? answered(asked, answer) : answer(undefined);
}

async function answered<Answer>(
  asked: SpannedRequest,
  answer: (span: Span | undefined) => Promise<Answer>,
): Promise<Answer> {
  const parent = parentOf(asked);
  const span = startRequest(asked, parent);
  // A trace that is not sampled is passed on, so that no other service begins one.
  if (!span) return await (parent ? within(parent, () => answer(undefined)) : answer(undefined));
  try {
    return await within(span, () => answer(span));
  } catch (error) {
    fail(span, kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Notes how a request was answered. */
export function endRequest(
  span: Span | undefined,
  { method, route, status }: { method: string; route: string; status: number },
): void {
  if (!span) return;
  span.updateName(`${method} ${route}`);
  span.setAttribute("http.route", route);
  span.setAttribute("http.response.status_code", status);
  if (status >= FIRST_SERVER_ERROR) fail(span, String(status));
}

/** The caller's span, where it is in another process and may be believed. */
function parentOf({ request, service }: SpannedRequest): Pick<Span, "spanContext"> | undefined {
  const isBelieved = service !== GATEWAY;
  // In one process the span of the gateway is active already, and the header is still its client's.
  if (activeSpan() || !isBelieved) return undefined;
  return readTraceparent(request.headers.get(TRACEPARENT));
}

function startRequest(
  { request, service }: SpannedRequest,
  parent: Pick<Span, "spanContext"> | undefined,
): Span | undefined {
  return startSpan(request.method, {
    kind: "server",
    parent,
    attributes: { "http.request.method": request.method, "evently.service": service },
  });
}
