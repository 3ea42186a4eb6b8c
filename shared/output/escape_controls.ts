/** C0 and C1 controls, DEL, line separators, and what turns the direction of writing. */
// deno-lint-ignore no-control-regex -- these are the characters to escape
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Escapes characters that move a terminal's cursor or reorder text: `\u001b`. */
export function escapeControls(text: string): string {
  return text.replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
