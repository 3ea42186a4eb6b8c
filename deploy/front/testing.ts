import { join } from "node:path";
import { findProgram, freePort } from "@evently/shared/testing";

const CONFIGURATION = new URL("./nginx.conf", import.meta.url);
const MAX_STARTS = 5;
const MAX_PROBES = 200;

/** Path of nginx, if installed (Debian: `nginx-light`). */
export const NGINX: string | undefined = await findProgram("nginx", ["/usr/sbin"]);

/** A running front. */
export interface Front extends AsyncDisposable {
  port: number;
}

/** Directives whose values are replaced. */
export type Changes = Readonly<Record<string, string>>;

/**
 * Starts nginx with the production configuration before the gateway on `gatewayPort`.
 *
 * @param changes replaced values, e.g. `{ client_header_timeout: "50ms" }`
 */
export async function startFront(gatewayPort: number, changes: Changes = {}): Promise<Front> {
  if (!NGINX) throw new Error("Cannot start the front as there is no nginx on this machine");
  const directory = await Deno.makeTempDir({ prefix: "evently-front-" });
  for (let start = 0; start < MAX_STARTS; start++) {
    const port = await freePort();
    const path = join(directory, "nginx.conf");
    const text = await Deno.readTextFile(CONFIGURATION);
    await Deno.writeTextFile(path, changed(text, { gatewayPort, port, directory, changes }));
    const child = new Deno.Command(NGINX, {
      args: ["-e", "stderr", "-p", directory, "-c", path, "-g", "daemon off;"],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const said = new Response(child.stderr).text();
    if (await listens(port, child.status)) {
      return {
        port,
        async [Symbol.asyncDispose]() {
          child.kill("SIGTERM");
          await child.status;
          await said;
          await Deno.remove(directory, { recursive: true });
        },
      };
    }
    // Another process may have taken the port.
    if (!(await said).includes("Address already in use")) throw new Error(await said);
  }
  throw new Error("Cannot start the front as no port stays free");
}

function changed(
  text: string,
  { gatewayPort, port, directory, changes }: {
    gatewayPort: number;
    port: number;
    directory: string;
    changes: Changes;
  },
): string {
  let conf = text.replaceAll(" /tmp/", ` ${directory}/`);
  conf = replaceOnce(conf, "listen 8080;", `listen 127.0.0.1:${port};`);
  conf = replaceOnce(conf, "server gateway:8000 resolve;", `server 127.0.0.1:${gatewayPort};`);
  conf = replaceOnce(conf, "worker_processes auto;", "worker_processes 1;");
  for (const [directive, value] of Object.entries(changes)) {
    const line = new RegExp(`^( *${directive}) [^;]+;$`, "gm");
    if ([...conf.matchAll(line)].length !== 1) throw new Error(`${directive} is not there once`);
    conf = conf.replace(line, `$1 ${value};`);
  }
  return conf;
}

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`"${from}" is not there once`);
  return text.replace(from, to);
}

/** Resolves to whether nginx listens; false if it has exited. */
async function listens(port: number, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  ended.then(() => over = true);
  for (let probe = 0; probe < MAX_PROBES && !over; probe++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
    connection?.close();
    if (connection) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
