import { join } from "node:path";
import { DEV_DIRECTORY } from "./stores.ts";

/**
 * Says that this checkout's embedded data is in use. The system takes the lock back when the process ends,
 * in whatever way.
 *
 * @returns `undefined` when another process has it
 */
export async function lockDevData(): Promise<Disposable | undefined> {
  await Deno.mkdir(DEV_DIRECTORY, { recursive: true });
  const file = await Deno.open(join(DEV_DIRECTORY, "dev.lock"), { create: true, write: true });
  if (await file.tryLock(true)) return file;
  file.close();
  return undefined;
}
