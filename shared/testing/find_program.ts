import { join } from "node:path";

/** Where a program is: in one of the `directories`, the first that has it, or else on the PATH. */
export async function findProgram(
  name: string,
  directories: readonly string[] = [],
): Promise<string | undefined> {
  for (const directory of [...directories, ...(Deno.env.get("PATH") ?? "").split(":")]) {
    const path = join(directory, name);
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}
