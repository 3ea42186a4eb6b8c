const encoder = new TextEncoder();

/** Writes a line for the person at the terminal. */
export function say(line = ""): void {
  Deno.stdout.writeSync(encoder.encode(`${line}\n`));
}
