import { SERVICE_NAMES } from "@evently/shared/config";
import { BINDING_ORIGIN, type ServiceBindings } from "@evently/shared/services";
import openapiTS, { astToString } from "openapi-typescript";
import { mergedDocument } from "../../services/gateway/openapi/merge.ts";

/** Where the generated types are, from here. */
export const CLIENT_FOLDER = new URL("../../shared/client/", import.meta.url);

const HEADER = `// Generated from the OpenAPI documents by \`deno task client\`. Do not edit.
// deno-lint-ignore-file
// deno-fmt-ignore-file

`;

/**
 * The generated files of shared/client by name: the types of the public API as the gateway serves it, and of each
 * service's own document, with its internal routes.
 */
export async function clientSources(bindings: ServiceBindings): Promise<Map<string, string>> {
  const documents = new Map<string, unknown>([["gateway.ts", await mergedDocument(bindings)]]);
  for (const name of SERVICE_NAMES) {
    const response = await bindings[name].fetch(new Request(`${BINDING_ORIGIN}/openapi.json`));
    documents.set(`${name}.ts`, await response.json());
  }
  const sources = new Map<string, string>();
  for (const [file, document] of documents) {
    const nodes = await openapiTS(document as Parameters<typeof openapiTS>[0], {
      alphabetize: true,
    });
    sources.set(file, HEADER + astToString(nodes));
  }
  return sources;
}
