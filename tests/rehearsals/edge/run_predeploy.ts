import { fileURLToPath } from "node:url";
import { deployEnvironment } from "./deploy_environment.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Runs the predeploy command in the environment of an instance.
 *
 * @returns the last line of each database
 * @throws {Error} it fails; the text is its output
 */
export async function runPredeploy(variables: Readonly<Record<string, string>>): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "predeploy"],
    cwd: ROOT,
    clearEnv: true,
    env: deployEnvironment(variables),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`predeploy: ${text}${new TextDecoder().decode(stderr)}`);
  return text.split("\n").filter((line) => / of \d+ migrations applied/.test(line)).join("; ");
}
