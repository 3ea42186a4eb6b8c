import { type Language, languageOf } from "../../languages.ts";
import { en } from "./en.ts";
import { hi } from "./hi.ts";

/** Texts of mails in one language; English is the model: a text that another one lacks is a type error. */
export type MailMessages = typeof en;

const MESSAGES: Readonly<Record<Language, MailMessages>> = { en, hi };

/** The texts in a language (BCP 47, such as `hi` or `hi-IN`), in English where there are none. */
export function mailMessages(language: string | undefined): MailMessages {
  return MESSAGES[languageOf(language)];
}
