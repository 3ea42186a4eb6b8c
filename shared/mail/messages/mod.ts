import { type Language, languageOf } from "../../languages.ts";
import { en } from "./en.ts";
import { hi } from "./hi.ts";
import type { MailMessages } from "./messages.ts";

const MESSAGES: Readonly<Record<Language, MailMessages>> = { en, hi };

/** The texts in a language (BCP 47, such as `hi` or `hi-IN`), in English where there are none. */
export function mailMessages(language: string | undefined): MailMessages {
  return MESSAGES[languageOf(language)];
}
