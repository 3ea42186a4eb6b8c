import { SERVICE_NAMES, type ServiceName } from "@evently/shared/config";
import {
  BINDING_ORIGIN,
  type ServiceBinding,
  type ServiceBindings,
} from "@evently/shared/services";
import { type OpenApiDocument, OPERATION_IDS, type Rename, throughGateway } from "./rewrite.ts";

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
  const found = documents.flatMap(({ service, document }) =>
    document ? [{ service, ...throughGateway(service, document), document }] : []
  );
  const renameFor = clashes(found);
  const merged: Required<Pick<OpenApiDocument, "paths" | "components">> = {
    paths: {},
    components: {},
  };
  for (const { service, document } of found) {
    const { paths, components } = throughGateway(service, document, renameFor(service));
    Object.assign(merged.paths, paths);
    for (const [kind, byName] of Object.entries(components)) {
      merged.components[kind] = { ...merged.components[kind], ...byName };
    }
  }
  const missing = documents.flatMap(({ service, document }) => document ? [] : [service]);
  return {
    openapi: "3.1.0",
    info: { title: "Evently", version: "1", description: describe(missing) },
    servers: [{ url: "/" }],
    ...(missing.length > 0 ? { "x-missing-services": missing } : {}),
    ...merged,
  };
}

/** Puts the service before a name that another service gives to something else: `UserTokens`. */
function clashes(
  documents: readonly Required<Pick<OpenApiDocument, "paths" | "components">>[],
): (service: ServiceName) => Rename {
  const meanings = new Map<string, Set<string>>();
  const note = (kind: string, name: string, meaning: unknown) => {
    const known = meanings.get(`${kind} ${name}`) ?? new Set();
    meanings.set(`${kind} ${name}`, known.add(JSON.stringify(meaning)));
  };
  for (const { paths, components } of documents) {
    for (const [kind, byName] of Object.entries(components)) {
      for (const [name, component] of Object.entries(byName)) note(kind, name, component);
    }
    for (const [path, item] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const { operationId } = operation as { operationId?: string };
        if (operationId !== undefined) note(OPERATION_IDS, operationId, `${method} ${path}`);
      }
    }
  }
  return (service) => (kind, name) => {
    if ((meanings.get(`${kind} ${name}`)?.size ?? 0) < 2) return name;
    const prefix = kind === OPERATION_IDS ? service : service[0]!.toUpperCase() + service.slice(1);
    return prefix + name[0]!.toUpperCase() + name.slice(1);
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
