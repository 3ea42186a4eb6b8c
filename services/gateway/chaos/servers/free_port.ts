import { freePorts } from "../../../../shared/embedded/postgres/ports.ts";

/** A port below 32768 that is free at this moment; `what` has one of its own. @throws {Error} none is free */
export async function freePort(what: string): Promise<number> {
  for await (const port of freePorts(what)) return port;
  throw new Error(`Cannot find a free port for ${what}`);
}
