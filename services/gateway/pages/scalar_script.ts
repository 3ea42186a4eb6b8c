/** A Fastify route, as far as Scalar's plugin and we agree on it. */
interface PluginRoute {
  url: string;
  handler(request: unknown, reply: PluginReply): unknown;
}

interface PluginReply {
  header(name: string, value: string): PluginReply;
  send(body: string): unknown;
}

type ScalarPlugin = (
  fastify: { route(route: PluginRoute): void; initialConfig: { ignoreTrailingSlash: true } },
  options: { configuration: { url: string } },
  done: () => void,
) => void;

let script: string | undefined;

/**
 * The browser program of Scalar's API reference (5 MB), loaded at its first use.
 *
 * It is taken from Scalar's plugin for Fastify, the one package that carries it built and whole: its own
 * would bring 268 packages along. See docs/decisions/0005-api-reference-offline.md.
 *
 * @throws {Error} the package no longer offers it in this way
 */
export async function scalarScript(): Promise<string> {
  script ??= await loadScript();
  return script;
}

async function loadScript(): Promise<string> {
  const { default: plugin } = await import("@scalar/fastify-api-reference");
  const routes: PluginRoute[] = [];
  (plugin as unknown as ScalarPlugin)(
    { route: (route) => routes.push(route), initialConfig: { ignoreTrailingSlash: true } },
    { configuration: { url: "/openapi.json" } },
    () => {},
  );
  let sent: string | undefined;
  const reply: PluginReply = { header: () => reply, send: (body) => sent = body };
  routes.find(({ url }) => url.endsWith(".js"))?.handler({}, reply);
  if (sent === undefined) {
    throw new Error("Cannot show the API reference as its package offers no script");
  }
  return sent;
}
