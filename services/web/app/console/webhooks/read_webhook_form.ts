import type { NewWebhook } from "../api/webhooks.ts";
import { TOPICS } from "./topics.ts";

/** What a new webhook is made of. */
export type WebhookInput = Pick<NewWebhook, "url" | "topics" | "description">;

/** Reads the form of a new webhook. */
export function readWebhookForm(form: HTMLFormElement): WebhookInput {
  const textOf = (name: string) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value.trim() : "";
  };
  const topics = TOPICS.filter((topic) => {
    const box = form.elements.namedItem(topic);
    return box instanceof HTMLInputElement && box.checked;
  });
  const description = textOf("description");
  return { url: textOf("url"), topics, ...(description === "" ? {} : { description }) };
}
