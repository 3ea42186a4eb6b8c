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

/** Creates a client of a service. Read the outcome of each call by {@link unwrap}. */
export function serviceClient<Paths extends object>(
  binding: ServiceBinding,
  { internalKey }: { internalKey?: string } = {},
): ServiceClient<Paths> {
  return createClient<Paths, "application/json">({
    baseUrl: BINDING_ORIGIN,
    fetch: (request) => binding.fetch(request),
    Request: class ServiceRequest extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(input, {
          ...init,
          ...(binding.local ? {} : { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) }),
        });
        // The service reads a body of known length at once; it counts every piece of any other.
        if (typeof init?.body === "string") {
          this.headers.set("Content-Length", String(encoder.encode(init.body).length));
        }
      }
    },
    ...(internalKey === undefined ? {} : { headers: internalKeyHeaders(internalKey) }),
  });
}
