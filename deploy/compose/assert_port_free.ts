import { CannotRun } from "@evently/shared/output";
import type { ContainerState } from "./compose.ts";

/**
 * Checks that the front can have its port.
 *
 * @param containers of the project: its own front may have it already
 * @throws {CannotRun} another program listens on it
 */
export async function assertPortFree(
  port: number,
  containers: readonly ContainerState[],
): Promise<void> {
  if (containers.some(({ service, state }) => service === "front" && state === "running")) return;
  const connection = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
  connection?.close();
  if (!connection) return;
  throw new CannotRun(
    `Port ${port} is taken by another program. Stop it, or set HTTP_PORT in .env to a free port.`,
  );
}
