import type { Language } from "@evently/shared/languages";
import type { ConsoleMessages } from "./console_messages.ts";

const LOADERS: Readonly<Record<Language, () => Promise<ConsoleMessages>>> = {
  en: async () => (await import("./en/console/mod.ts")).consoleEn,
  hi: async () => (await import("./hi/console/mod.ts")).consoleHi,
};

/** Loads the texts of the console, which no page of the storefront needs. */
export function loadConsoleMessages(language: Language): Promise<ConsoleMessages> {
  return LOADERS[language]();
}
