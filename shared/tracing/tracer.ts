/** A span's place in its trace. */
export interface SpanContext {
  traceId: string;
  spanId: string;
  /** 1: sampled. */
  traceFlags: number;
}

/** The part of OpenTelemetry's span that is used here. */
export interface Span {
  spanContext(): SpanContext;
  updateName(name: string): unknown;
  setAttribute(key: string, value: string | number): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  addLink(link: { context: SpanContext }): unknown;
  end(): void;
}

/** Kinds of spans, by OpenTelemetry's numbers. */
export const SPAN_KINDS = { internal: 0, server: 1, client: 2 } as const;
export type SpanKind = keyof typeof SPAN_KINDS;

/** Which values an attribute may have is up to its caller: never an id of a person, a text of a user, or a secret. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

interface Context {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): Context;
  deleteValue(key: symbol): Context;
}

/** Deno's own tracer and context manager, which are compatible with OpenTelemetry's API. */
interface Tracing {
  tracer: {
    startSpan(
      name: string,
      options: { kind: number; attributes?: SpanAttributes },
      context?: Context,
    ): Span;
  };
  contexts: {
    active(): Context;
    with<T>(context: Context, run: () => T): T;
  };
}

const SPAN_KEY = Symbol.for("OpenTelemetry Context Key SPAN");
const ERROR = 2;
/** Flag of a trace that is exported. */
export const SAMPLED = 1;

const tracing = openTracing();

/** Whether Deno exports spans: only with `OTEL_DENO=true`. All else here does nothing without. */
export const isTracing: boolean = tracing !== undefined;

/** The span that the current work is part of. */
export function activeSpan(): Pick<Span, "spanContext"> | undefined {
  return tracing?.contexts.active().getValue(SPAN_KEY) as Span | undefined;
}

/** Options of {@link startSpan}. */
export interface SpanOptions {
  kind?: SpanKind;
  attributes?: SpanAttributes;
  /** A span of another process or request; by default the active one. */
  parent?: Pick<Span, "spanContext"> | undefined;
}

/**
 * Starts a span, to be ended by its caller; `undefined` without tracing, and in a trace that is not sampled: there only
 * the first span is made, which carries the decision.
 */
export function startSpan(
  name: string,
  { kind = "internal", attributes, parent }: SpanOptions = {},
): Span | undefined {
  if (!tracing) return undefined;
  const { tracer, contexts } = tracing;
  const active = contexts.active();
  const above = parent ?? active.getValue(SPAN_KEY) as Span | undefined;
  if (above && !isSampled(above)) return undefined;
  const context = parent ? active.setValue(SPAN_KEY, parent) : active;
  return tracer.startSpan(
    name,
    { kind: SPAN_KINDS[kind], ...(attributes ? { attributes } : {}) },
    context,
  );
}

function isSampled(span: Pick<Span, "spanContext">): boolean {
  return (span.spanContext().traceFlags & SAMPLED) !== 0;
}

/** Runs work as part of a span. */
export function within<T>(span: Pick<Span, "spanContext">, run: () => T): T {
  if (!tracing) return run();
  const { contexts } = tracing;
  return contexts.with(contexts.active().setValue(SPAN_KEY, span), run);
}

/** Runs work as part of no span: what a request starts may go on long after it. */
export function detached<T>(run: () => T): T {
  if (!tracing) return run();
  const { contexts } = tracing;
  return contexts.with(contexts.active().deleteValue(SPAN_KEY), run);
}

/** Marks a span as failed. The kind is a class or code of ours, not a text, which may quote values. */
export function fail(span: Span, kind: string): void {
  span.setAttribute("error.type", kind);
  span.setStatus({ code: ERROR });
}

/** The kind of an error, for {@link fail}. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Runs work in a span of its own, under the active one. */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  run: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  const span = startSpan(name, options);
  if (!span) return await run(undefined);
  try {
    return await within(span, () => run(span));
  } catch (error) {
    fail(span, kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/**
 * As {@link inSpan}, but only as part of a trace: what background workers do all day long would fill the traces with
 * requests of nobody.
 */
export function inChildSpan<T>(
  name: string,
  options: SpanOptions,
  run: () => Promise<T>,
): Promise<T> {
  return activeSpan() ? inSpan(name, options, run) : run();
}

/** Deno's tracer, where it exports anything. */
function openTracing(): Tracing | undefined {
  const { meterProvider, tracerProvider, contextManager } = Deno.telemetry;
  try {
    // Unlike a tracer, a meter cannot be made where nothing is exported.
    meterProvider.getMeter("evently");
  } catch {
    return undefined;
  }
  return { tracer: tracerProvider.getTracer("evently"), contexts: contextManager };
}
