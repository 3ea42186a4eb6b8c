import type { Compose } from "./compose.ts";

/**
 * Runs a subcommand whose output becomes a file that only its owner reads. Of one that fails nothing is left.
 *
 * @throws {CannotRun} the subcommand fails
 */
export async function runIntoFile(
  compose: Pick<Compose, "run">,
  path: string,
  args: readonly string[],
): Promise<void> {
  const unfinished = `${path}.part`;
  const file = await Deno.open(unfinished, {
    write: true,
    create: true,
    truncate: true,
    mode: 0o600,
  });
  try {
    await compose.run(args, { output: file.writable });
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished).catch(() => {});
    throw error;
  }
}
