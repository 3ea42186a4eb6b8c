import { SERVICE_NAMES, type ServiceName } from "@evently/shared/config";
import {
  BINDING_ORIGIN,
  type ServiceBinding,
  type ServiceBindings,
} from "@evently/shared/services";
import { type OpenApiDocument, throughGateway } from "./rewrite.ts";

const DESCRIPTION =
  "Sells the last seat once. Errors are `{error, code, request_id}`, in all services.";

/** One document of all services; it names those that did not answer, and has the rest. */
export async function mergedDocument(bindings: ServiceBindings): Promise<OpenApiDocument> {
  const documents = await Promise.all(
    SERVICE_NAMES.map(async (service) => ({
      service,
      document: await documentOf(bindings[service]),
    })),
  );
  const missing: ServiceName[] = [];
  const merged: Required<Pick<OpenApiDocument, "paths" | "components">> = {
    paths: {},
    components: {},
  };
  for (const { service, document } of documents) {
    if (!document) {
      missing.push(service);
      continue;
    }
    const { paths, components } = throughGateway(service, document);
    Object.assign(merged.paths, paths);
    for (const [kind, byName] of Object.entries(components)) {
      merged.components[kind] = { ...merged.components[kind], ...byName };
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Evently", version: "1", description: describe(missing) },
    servers: [{ url: "/" }],
    ...(missing.length > 0 ? { "x-missing-services": missing } : {}),
    ...merged,
  };
}

function describe(missing: readonly ServiceName[]): string {
  if (missing.length === 0) return DESCRIPTION;
  return `${DESCRIPTION}\n\n**Incomplete**: did not answer just now: ${missing.join(", ")}.`;
}

async function documentOf(binding: ServiceBinding): Promise<OpenApiDocument | undefined> {
  try {
    const response = await binding.fetch(new Request(`${BINDING_ORIGIN}/openapi.json`));
    if (response.ok) return await response.json();
    await response.body?.cancel();
  } catch {
    // Which ones are missing is said in the document.
  }
}
