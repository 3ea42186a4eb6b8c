import { join } from "node:path";
import { CannotRun } from "@evently/shared/output";

/**
 * Says that this checkout's embedded data is in use. The system takes the lock back when the process ends,
 * in whatever way.
 *
 * @returns `undefined` when another process has it
 * @throws {CannotRun} the directory cannot be made or written
 */
export async function lockDevData(directory: string): Promise<Disposable | undefined> {
  const file = await openLock(directory);
  if (await file.tryLock(true)) return file;
  file.close();
  return undefined;
}

async function openLock(directory: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(directory, { recursive: true });
    return await Deno.open(join(directory, "dev.lock"), { create: true, write: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRun(
      `Cannot keep data in ${directory} as it cannot be written (${reason}): ` +
        "choose another folder by EVENTLY_DEV_DIRECTORY",
    );
  }
}
