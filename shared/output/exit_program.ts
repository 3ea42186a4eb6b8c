import { STANDARD_ERROR, STANDARD_OUTPUT } from "./standard.ts";

/** How long the last lines may take to be written: a reader that hangs keeps no process. */
const FLUSH_TIMEOUT_MS = 1_000;

/** Ends the process once its last lines are written, or their time is up. */
export async function exitProgram(
  code: number,
  { flushTimeoutMs = FLUSH_TIMEOUT_MS }: { flushTimeoutMs?: number } = {},
): Promise<never> {
  await Promise.all([STANDARD_OUTPUT, STANDARD_ERROR].map((out) => out.flush(flushTimeoutMs)));
  Deno.exit(code);
}
