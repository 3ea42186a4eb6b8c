import createClient, { type Client } from "openapi-fetch";
import { internalKeyHeaders } from "../auth/internal_key.ts";
import { BINDING_ORIGIN, type ServiceBinding } from "./binding.ts";

/** A client of a service's routes; `Paths` are those of its generated file in `shared/client`. */
export type ServiceClient<Paths extends object> = Client<Paths, "application/json">;

/** The body of an operation's success, by the operations of a generated file. */
export type AnswerOf<Operation extends { responses: Record<number, unknown> }> =
  Operation["responses"][200] extends { content: { "application/json": infer Body } } ? Body
    : never;

/** The most that a call may take, with the body of its answer. */
const CALL_TIMEOUT_MS = 10_000;
const encoder = new TextEncoder();

/** Options of {@link serviceClient}. */
export interface ServiceClientOptions {
  /** Opens internal routes. */
  internalKey?: string;
  /** Whether each call may be sent again when it may have arrived. */
  isIdempotent?: boolean;
}

/** Creates a client of a service. Read the outcome of each call by {@link unwrap}. */
export function serviceClient<Paths extends object>(
  binding: ServiceBinding,
  { internalKey, isIdempotent }: ServiceClientOptions = {},
): ServiceClient<Paths> {
  class ServiceRequest extends Request {
    /** The body, for services in other processes. */
    readonly bodyText: string | undefined;

    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, {
        ...init,
        ...(binding.local ? {} : { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) }),
      });
      if (typeof init?.body !== "string") return;
      this.bodyText = init.body;
      // The service reads a body of known length at once; it counts every piece of any other.
      this.headers.set("Content-Length", String(encoder.encode(init.body).length));
    }
  }

  return createClient<Paths, "application/json">({
    baseUrl: BINDING_ORIGIN,
    fetch: (request) =>
      binding.local || !(request instanceof ServiceRequest)
        ? binding.fetch(request)
        : binding.fetch(request, { text: request.bodyText, isIdempotent }),
    Request: ServiceRequest,
    ...(internalKey === undefined ? {} : { headers: internalKeyHeaders(internalKey) }),
  });
}
