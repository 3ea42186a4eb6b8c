import type { en } from "./en.ts";

/** Texts of mails in one language; English is the model: a text that another one lacks is a type error. */
export type MailMessages = typeof en;
