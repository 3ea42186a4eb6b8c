import { en } from "./en.ts";

/** Texts of mails in one language; English is the model. */
export type MailMessages = typeof en;

const LANGUAGES: Readonly<Record<string, MailMessages>> = { en };

/** The texts in a language (BCP 47, such as `hi` or `hi-IN`), in English where there are none. */
export function mailMessages(language: string | undefined): MailMessages {
  return LANGUAGES[(language ?? "en").split("-")[0]!.toLowerCase()] ?? en;
}
