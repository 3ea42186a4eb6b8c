import { join } from "node:path";

/** Returns the path of a program: from the first of `directories` that has it, else from the PATH. */
export async function findProgram(
  name: string,
  directories: readonly string[] = [],
): Promise<string | undefined> {
  for (const directory of [...directories, ...(Deno.env.get("PATH") ?? "").split(":")]) {
    const path = join(directory, name);
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}
