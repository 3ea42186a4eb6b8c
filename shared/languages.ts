/** Languages (BCP 47) in which people can be written to. */
export const LANGUAGES = ["en"] as const;
export type Language = typeof LANGUAGES[number];

/** The language of accounts that chose none. */
export const DEFAULT_LANGUAGE: Language = "en";
