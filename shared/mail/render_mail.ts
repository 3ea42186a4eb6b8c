import type { RenderedMail, RenderOptions } from "./mail.ts";
import type { MailKind, MailProps } from "./kinds.ts";

/**
 * Renders a mail: one template makes its HTML, and its text of that. Texts of people become one line each, without
 * controls, and are escaped. The templates are loaded by the first mail.
 */
export async function renderMail<Kind extends MailKind>(
  kind: Kind,
  props: MailProps[Kind],
  options: RenderOptions,
): Promise<RenderedMail> {
  const { renderTemplate } = await import("./templates/render.tsx");
  return await renderTemplate(kind, props, options);
}
