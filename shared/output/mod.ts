/** Output of a program. A slow, closed or full reader can neither block nor end the program. */
export { BoundedOutput, type BoundedOutputOptions } from "./bounded_output.ts";
export { CannotRun } from "./cannot_run.ts";
export { escapeControls } from "./escape_controls.ts";
export { exitProgram } from "./exit_program.ts";
export { openProgramLog } from "./program_log.ts";
export { runCommand, runProgram } from "./run_program.ts";
export { complain, say, STANDARD_ERROR, STANDARD_OUTPUT } from "./standard.ts";
