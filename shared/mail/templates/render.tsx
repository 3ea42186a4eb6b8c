import { render, toPlainText } from "@react-email/render";
import { languageOf, languagePath } from "../../languages.ts";
import { CONTENTS, type MailContent } from "../content.ts";
import { mailFormat } from "../format.ts";
import type { MailKind, MailProps } from "../kinds.ts";
import { mailMessages } from "../messages/mod.ts";
import type { RenderedMail, RenderOptions } from "../mail.ts";
import { saneProps, saneText } from "../sane_text.ts";
import { MailPage } from "./mail_page.tsx";

/** See `renderMail`. */
export async function renderTemplate<Kind extends MailKind>(
  kind: Kind,
  props: MailProps[Kind],
  { language, publicUrl }: RenderOptions,
): Promise<RenderedMail> {
  const t = mailMessages(language);
  const tools = { t, format: mailFormat(t.locale) };
  const content: MailContent = CONTENTS[kind](saneProps(props), tools);
  const html = await render(
    <MailPage
      {...tools}
      content={content}
      language={languageOf(language)}
      homeUrl={publicUrl + languagePath(languageOf(language))}
    />,
  );
  return { subject: saneText(content.subject), html, text: toPlainText(html) };
}
