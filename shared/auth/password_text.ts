import { countChars } from "../text.ts";

export const MIN_PASSWORD_CHARS = 8;
export const MAX_PASSWORD_CHARS = 128;
/** No composed character is written with more UTF-16 units than this. */
const MAX_UNITS_A_CHAR = 4;
const NON_ASCII_SPACE = /\p{Zs}/gu;

/**
 * The one form of a password, whatever keyboard typed it: OpaqueString of RFC 8265, 4.2 (spaces are U+0020, then
 * NFC). Controls are allowed, as they always were.
 *
 * @returns `undefined` for a text that is longer than any password; it is not worked on
 */
export function preparePassword(text: string): string | undefined {
  if (text.length > MAX_PASSWORD_CHARS * MAX_UNITS_A_CHAR) return undefined;
  const prepared = text.replace(NON_ASCII_SPACE, " ").normalize("NFC");
  return countChars(prepared) > MAX_PASSWORD_CHARS ? undefined : prepared;
}

/** Whether a new password has an allowed length, counted in its one form as JSON Schema does: an emoji is one. */
export function hasPasswordLength(text: string): boolean {
  const prepared = preparePassword(text);
  return prepared !== undefined && countChars(prepared) >= MIN_PASSWORD_CHARS;
}

/**
 * The texts that a log-in tries: the one form, then what was typed, as old hashes were made of that. None for a
 * text that is longer than any password.
 */
export function passwordCandidates(text: string): string[] {
  const prepared = preparePassword(text);
  if (prepared === undefined) return [];
  return prepared === text || countChars(text) > MAX_PASSWORD_CHARS ? [prepared] : [prepared, text];
}
