import type { Messages } from "../../messages/messages.ts";
import { z } from "../../parts/schema.ts";

/** What the API takes. */
export const PASSWORD_CHARS_LEAST = 8;
const PASSWORD_CHARS_MOST = 128;
/** No more than a help against slips: the API decides. */
const EMAIL = /^\S+@\S+\.\S+$/;

/** An e-mail address as it is typed. */
export function emailRule(login: Messages["login"]) {
  return z.string().check(
    z.trim(),
    z.minLength(1, { error: login.enterEmail, abort: true }),
    z.regex(EMAIL, login.enterEmailWhole),
  );
}

/** A password as it is chosen. */
export function newPasswordRule(login: Messages["login"]) {
  return z.string().check(
    z.refine((text) => {
      const { length } = [...text];
      return length >= PASSWORD_CHARS_LEAST && length <= PASSWORD_CHARS_MOST;
    }, login.choosePassword(PASSWORD_CHARS_LEAST, PASSWORD_CHARS_MOST)),
  );
}
