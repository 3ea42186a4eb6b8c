import { shortHash } from "./hash.ts";

/** Below 32768, where the system takes the ports of outgoing connections from. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const MAX_CANDIDATES = 20;

/**
 * Ports to try, free at this moment: always the same first ones for a directory, so that a server keeps
 * its address, and others for another directory.
 */
export async function* freePorts(directory: string): AsyncGenerator<number> {
  const start = parseInt(await shortHash(directory), 16);
  for (let candidate = 0; candidate < MAX_CANDIDATES; candidate++) {
    const port = FIRST_PORT + (start + candidate) % PORTS;
    if (await isFree(port)) yield port;
  }
}

/**
 * The first of {@link freePorts}, for servers of tests and benchmarks; a random one without a directory.
 *
 * @throws {Error} none is free
 */
export async function freePort(directory: string = crypto.randomUUID()): Promise<number> {
  for await (const port of freePorts(directory)) return port;
  throw new Error(`Cannot find a free port for ${directory}`);
}

/**
 * Asks by a connection: a listener that is opened to see whether it can be, and closed, may live on for a moment in a
 * program that another thread is just starting.
 */
async function isFree(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return true;
    throw error;
  }
}
