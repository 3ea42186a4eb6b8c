import type { OpenAPIHono } from "@hono/zod-openapi";

/** The access tokens that a service's routes may ask for, by the name of their security scheme. */
export type TokenScheme = "userToken" | "adminToken";

/** Publishes what an app's routes declare as OpenAPI 3.1 at `/openapi.json`; the gateway merges these. */
export function publishDocument(
  // deno-lint-ignore no-explicit-any -- whatever the app's environment is
  app: OpenAPIHono<any>,
  { title, tokens = [] }: { title: string; tokens?: readonly TokenScheme[] },
): void {
  for (const token of tokens) {
    app.openAPIRegistry.registerComponent("securitySchemes", token, {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
    });
  }
  app.doc31("/openapi.json", { openapi: "3.1.0", info: { title, version: "1" } });
}
