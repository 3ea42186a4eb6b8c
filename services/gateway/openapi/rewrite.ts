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
const COMPONENT_REF = /^#\/components\/([^/]+)\/(.+)$/;

/** Renames a component or an operation of a service; the same name again where it clashes with no other. */
export type Rename = (kind: string, name: string) => string;

/** What the names of operations go under in a {@link Rename}. */
export const OPERATION_IDS = "operationIds";

/**
 * A service's document as clients of the gateway see it: its public paths under the gateway's prefix, and the
 * components that they use.
 */
export function throughGateway(
  service: ServiceName,
  document: OpenApiDocument,
  rename: Rename = (_kind, name) => name,
): Required<Pick<OpenApiDocument, "paths" | "components">> {
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {})
      .filter(([path]) => path.startsWith(SERVICE_PREFIX))
      .map(([path, item]) => [
        `/api/${service}/${path.slice(SERVICE_PREFIX.length)}`,
        gatewayOperations(service, item, rename),
      ]),
  );
  const components = Object.entries(usedComponents(paths, document)).map(([kind, byName]) => [
    kind,
    Object.fromEntries(
      Object.entries(byName).map(([name, component]) => [rename(kind, name), component]),
    ),
  ]);
  return withRenamedRefs({ paths, components: Object.fromEntries(components) }, rename);
}

function gatewayOperations(
  service: ServiceName,
  item: Record<string, unknown>,
  rename: Rename,
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
      ...(operationId === undefined ? {} : { operationId: rename(OPERATION_IDS, operationId) }),
    }];
  });
  return Object.fromEntries(entries);
}

/** The components that paths refer to, directly or through each other, and all security schemes. */
function usedComponents(
  paths: unknown,
  { components = {} }: OpenApiDocument,
): Record<string, Record<string, unknown>> {
  const used: Record<string, Record<string, unknown>> = {};
  if (components.securitySchemes) used.securitySchemes = components.securitySchemes;
  const visit = (value: unknown): void => {
    for (const [kind, name] of refsOf(value)) {
      const component = components[kind]?.[name];
      if (component === undefined || used[kind]?.[name] !== undefined) continue;
      (used[kind] ??= {})[name] = component;
      visit(component);
    }
  };
  visit(paths);
  return used;
}

function* refsOf(value: unknown): Generator<[kind: string, name: string]> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const [, kind, name] = (key === "$ref" && COMPONENT_REF.exec(String(child))) || [];
    if (kind !== undefined && name !== undefined) yield [kind, name];
    else yield* refsOf(child);
  }
}

/** Points every reference at the component's new name. */
function withRenamedRefs<T>(value: T, rename: Rename): T {
  if (Array.isArray(value)) return value.map((item) => withRenamedRefs(item, rename)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => {
    const [, kind, name] = (key === "$ref" && COMPONENT_REF.exec(String(child))) || [];
    if (kind === undefined || name === undefined) return [key, withRenamedRefs(child, rename)];
    return [key, `#/components/${kind}/${rename(kind, name)}`];
  });
  return Object.fromEntries(entries);
}
