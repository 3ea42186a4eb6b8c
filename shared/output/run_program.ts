import { CannotRun } from "./cannot_run.ts";
import { complain } from "./standard.ts";
import { exitProgram } from "./exit_program.ts";

/** Runs a program to its end; the exit code is what `main` answers, and 1 when it fails. */
export async function runProgram(main: () => Promise<number | void>): Promise<never> {
  const code = await main().catch((error) => {
    complain(error instanceof CannotRun ? error.message : Deno.inspect(error));
    return 1;
  });
  return await exitProgram(code ?? 0);
}

/** A person may page through the output of a command. */
const COMMAND_FLUSH_TIMEOUT_MS = 60_000;

/** Runs a command of a person at a terminal, as `runProgram()` does; a failure is told by its text alone. */
export async function runCommand(main: () => Promise<number | void>): Promise<never> {
  const code = await main().catch((error) => {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  });
  return await exitProgram(code ?? 0, { flushTimeoutMs: COMMAND_FLUSH_TIMEOUT_MS });
}
