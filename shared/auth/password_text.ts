import { countChars } from "../text.ts";

export const MIN_PASSWORD_CHARS = 8;
export const MAX_PASSWORD_CHARS = 128;
/** Maximum UTF-16 units of one composed character. */
const MAX_UNITS_A_CHAR = 4;
const NON_ASCII_SPACE = /\p{Zs}/gu;

/**
 * Returns the canonical form of a password, independent of the keyboard: OpaqueString of RFC 8265, 4.2 (spaces become
 * U+0020, then NFC). Controls are allowed, as in the old system.
 *
 * @returns `undefined` for a text that is longer than any password
 */
export function preparePassword(text: string): string | undefined {
  if (text.length > MAX_PASSWORD_CHARS * MAX_UNITS_A_CHAR) return undefined;
  const prepared = text.replace(NON_ASCII_SPACE, " ").normalize("NFC");
  return countChars(prepared) > MAX_PASSWORD_CHARS ? undefined : prepared;
}

/** Whether a new password has an allowed length, counted in code points of its canonical form. */
export function hasPasswordLength(text: string): boolean {
  const prepared = preparePassword(text);
  return prepared !== undefined && countChars(prepared) >= MIN_PASSWORD_CHARS;
}

/**
 * Returns the texts that a log-in verifies: the canonical form, then the text as typed, of which old hashes were made.
 * Empty for a text that is longer than any password.
 */
export function passwordCandidates(text: string): string[] {
  const prepared = preparePassword(text);
  if (prepared === undefined) return [];
  return prepared === text || countChars(text) > MAX_PASSWORD_CHARS ? [prepared] : [prepared, text];
}
