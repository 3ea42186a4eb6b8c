/** Why a program cannot do its work here: plain lines for the person who started it. */
export class CannotRun extends Error {
  override readonly name: string = "CannotRun";
}
