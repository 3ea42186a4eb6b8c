/** Languages (BCP 47) of pages and mails. A new one is one here; types then ask for its name and its texts. */
export const LANGUAGES = ["en", "hi"] as const;
export type Language = typeof LANGUAGES[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", hi: "हिन्दी" };

/** The language of accounts that chose none, and of pages whose address names none. */
export const DEFAULT_LANGUAGE: Language = "en";

/** The language of a tag such as `hi` or `hi-IN`; the default one where it is none of ours. */
export function languageOf(tag: string | undefined): Language {
  const [name] = (tag ?? "").toLowerCase().split("-");
  return LANGUAGES.find((language) => language === name) ?? DEFAULT_LANGUAGE;
}

/** What the addresses of a language's pages begin with: nothing, or the like of `/hi`. */
export function languagePath(language: Language): string {
  return language === DEFAULT_LANGUAGE ? "" : `/${language}`;
}

/** Divides the path of a page, such as `/hi/events`, into its language and what it is in each: `/events`. */
export function splitLanguage(path: string): { language: Language; path: string } {
  const language = LANGUAGES.find((language) =>
    language !== DEFAULT_LANGUAGE && path.startsWith(`/${language}/`)
  );
  return language
    ? { language, path: path.slice(languagePath(language).length) }
    : { language: DEFAULT_LANGUAGE, path };
}
