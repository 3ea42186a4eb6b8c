import type { ServiceName } from "@evently/shared/config";
import { addErrors } from "@evently/shared/http";

/** The parts of an OpenAPI 3.1 document that the gateway looks into. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  paths?: Record<string, Record<string, unknown>>;
  components?: Record<string, Record<string, unknown>>;
  [extension: `x-${string}`]: unknown;
}

/** The parts of an operation that the gateway looks into. */
interface Operation {
  operationId?: string;
  tags?: string[];
  responses: Record<string, unknown>;
}

const SERVICE_PREFIX = "/api/v1/";
const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);
/** Services that share a way to authenticate call it the same; all other components are their own. */
const SHARED_COMPONENTS = new Set(["securitySchemes"]);
const COMPONENT_REF = /^#\/components\/([^/]+)\/(.+)$/;

/**
 * A service's document as clients of the gateway see it: its public paths under the gateway's prefix, its
 * components and operation ids under its own name.
 */
export function throughGateway(
  service: ServiceName,
  document: OpenApiDocument,
): Required<Pick<OpenApiDocument, "paths" | "components">> {
  const paths = Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith(SERVICE_PREFIX))
    .map(([path, item]) => [
      `/api/${service}/${path.slice(SERVICE_PREFIX.length)}`,
      ownOperations(service, item),
    ]);
  const components = Object.entries(document.components ?? {}).map(([kind, byName]) => [
    kind,
    SHARED_COMPONENTS.has(kind) ? byName : ownNames(service, byName),
  ]);
  return withOwnRefs(service, {
    paths: Object.fromEntries(paths),
    components: Object.fromEntries(components),
  });
}

function ownOperations(
  service: ServiceName,
  item: Record<string, unknown>,
): Record<string, unknown> {
  const entries = Object.entries(item).map(([key, value]) => {
    if (!METHODS.has(key) || typeof value !== "object" || value === null) return [key, value];
    const operation = { ...value } as Operation;
    // The gateway's own limit counts for every route.
    addErrors(operation, [429]);
    const { operationId, tags } = operation;
    return [key, {
      ...operation,
      tags: tags ?? [service],
      ...(operationId === undefined ? {} : { operationId: ownName(service, operationId) }),
    }];
  });
  return Object.fromEntries(entries);
}

function ownNames(service: ServiceName, byName: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(byName).map(([name, component]) => [ownName(service, name), component]),
  );
}

function ownName(service: ServiceName, name: string): string {
  return `${service}.${name}`;
}

/** Points every reference at the component's new name. */
function withOwnRefs<T>(service: ServiceName, value: T): T {
  if (Array.isArray(value)) return value.map((item) => withOwnRefs(service, item)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [
    key,
    key === "$ref" && typeof child === "string"
      ? ownRef(service, child)
      : withOwnRefs(service, child),
  ]);
  return Object.fromEntries(entries);
}

function ownRef(service: ServiceName, ref: string): string {
  const [, kind, name] = COMPONENT_REF.exec(ref) ?? [];
  if (kind === undefined || name === undefined || SHARED_COMPONENTS.has(kind)) return ref;
  return `#/components/${kind}/${ownName(service, name)}`;
}
