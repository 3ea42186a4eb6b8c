/** How much of a failed program's output its error repeats. */
const MAX_TOLD = 4_000;

/** A program to run to its end. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** The program's output goes to this one's; else it is returned. */
  show?: boolean;
  /** Ends the program. */
  signal?: AbortSignal;
}

/** How a program ended. */
export interface Ended {
  code: number;
  /** Both of its outputs. */
  output: string;
}

/** Runs a program to its end, whatever its exit code. */
export async function runAny(
  [program, ...args]: readonly string[],
  { cwd, env = {}, show = false, signal }: RunOptions = {},
): Promise<Ended> {
  const options = {
    args,
    env,
    stdin: "null",
    ...cwd === undefined ? {} : { cwd },
    ...signal ? { signal } : {},
  } as const;
  if (show) {
    const shown = new Deno.Command(program!, { ...options, stdout: "inherit", stderr: "inherit" });
    return { code: (await shown.spawn().status).code, output: "" };
  }
  const { code, stdout, stderr } = await new Deno.Command(program!, options).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, output: text(stdout) + text(stderr) };
}

/**
 * Runs a program to its end; returns what it wrote.
 *
 * @throws {Error} it fails; the text has the end of its output
 */
export async function run(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, output } = await runAny(command, options);
  if (code === 0) return output;
  throw new Error(`${command.join(" ")} ended with ${code}: ${output.slice(-MAX_TOLD)}`);
}
