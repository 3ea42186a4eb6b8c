import type { Language } from "@evently/shared/languages";
import type { Messages } from "./messages.ts";

/** Each language is a file of its own in the browser: only the reader's is sent. */
const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => (await import("./en/mod.ts")).en,
  hi: async () => (await import("./hi/mod.ts")).hi,
};

/** Loads the texts of a language. */
export function loadMessages(language: Language): Promise<Messages> {
  return LOADERS[language]();
}
