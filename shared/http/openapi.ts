import type { OpenAPIHono } from "@hono/zod-openapi";
import { withFieldFormats } from "./field_formats.ts";
import { type DescribedStatus, ERROR_DESCRIPTIONS } from "./schemas.ts";

/** The part of an operation that is completed here. */
interface Operation {
  parameters?: Parameter[];
  requestBody?: unknown;
  security?: unknown[];
  responses: Record<string, unknown>;
}

/** The access tokens that a service's routes may ask for, by the name of their security scheme. */
export type TokenScheme = "userToken" | "adminToken";

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  allowEmptyValue?: boolean;
}

/** Parameters that guard a change: an empty one is a mistake, everywhere else it is an absent one. */
const GUARDS = new Set(["version"]);

/** A parameter of all operations whose path begins alike. */
interface CommonParameter {
  under: string;
  parameter: Parameter;
}

/**
 * Publishes what an app's routes declare as OpenAPI 3.1 at `/openapi.json`, and what holds for all of them; the
 * gateway merges these documents.
 */
export function publishDocument(
  // deno-lint-ignore no-explicit-any -- whatever the app's environment is
  app: OpenAPIHono<any>,
  { title, tokens = [], parameters = [] }: {
    title: string;
    tokens?: readonly TokenScheme[];
    parameters?: readonly CommonParameter[];
  },
): void {
  for (const token of tokens) {
    app.openAPIRegistry.registerComponent("securitySchemes", token, {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
    });
  }
  app.get("/openapi.json", (c) => {
    const document = app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title, version: "1" },
    });
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      const common = parameters.filter(({ under }) => path.startsWith(under));
      for (const operation of Object.values(item) as Operation[]) {
        completeOperation(operation);
        addParameters(operation, common);
      }
    }
    return c.json(withFieldFormats(document));
  });
}

/** Any request may be malformed or meet a store that is gone; a body may be too large, or not come. */
function completeOperation(operation: Operation): void {
  addErrors(operation, [400, 503]);
  if (operation.requestBody !== undefined) addErrors(operation, [408, 413]);
  // An empty list says that the route is public, where none would leave it open.
  operation.security ??= [];
  if (operation.security.length > 0) addErrors(operation, [401]);
  for (const parameter of operation.parameters ?? []) {
    const isOptional = parameter.in === "query" && !parameter.required;
    if (isOptional && !GUARDS.has(parameter.name)) parameter.allowEmptyValue = true;
  }
}

/** Adds parameters that may name something unknown to an operation. */
function addParameters(operation: Operation, common: readonly CommonParameter[]): void {
  if (common.length === 0) return;
  const added = common.map(({ parameter }) => parameter);
  operation.parameters = [...operation.parameters ?? [], ...added];
  addErrors(operation, [404]);
}

/** Adds error responses to an operation of a document that does not tell them yet. */
export function addErrors(
  operation: Pick<Operation, "responses">,
  statuses: readonly DescribedStatus[],
  { schema = "#/components/schemas/Error" }: { schema?: string } = {},
): void {
  const errors = statuses.map((status) => [String(status), {
    description: ERROR_DESCRIPTIONS[status],
    content: { "application/json": { schema: { $ref: schema } } },
  }]);
  operation.responses = { ...Object.fromEntries(errors), ...operation.responses };
}
