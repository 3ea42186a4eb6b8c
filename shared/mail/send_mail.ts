import { domainToASCII } from "node:url";
import type { MailKind, MailProps } from "./kinds.ts";
import { type MailAttachment, MailRefused, type MailTransport } from "./mail.ts";
import type { MailFrom } from "./mail_config.ts";
import { renderMail } from "./render_mail.ts";

/** What sending needs; a `ServiceContext` has it. */
export interface MailDeps {
  mailTransport: MailTransport;
  mailFrom: MailFrom;
  publicUrl: string;
}

/** For outbox topics of mails: 12 attempts over 25 hours, then a dead letter; at once where the mail is refused. */
export const MAIL_RETRIES = {
  maxAttempts: 12,
  firstRetryMs: 45_000,
  isFinal: (error: unknown): boolean => error instanceof MailRefused,
} as const;

/** A mail to one person. */
export interface MailToSend<Kind extends MailKind> {
  /** The same at every attempt; the `Message-ID` is made of it. */
  id: string;
  to: string;
  language: string | undefined;
  kind: Kind;
  props: MailProps[Kind];
  attachments?: readonly MailAttachment[];
}

/**
 * Renders a mail and sends it.
 *
 * @throws {MailRefused} it will never be accepted
 */
export async function sendMail<Kind extends MailKind>(
  { mailTransport, mailFrom, publicUrl }: MailDeps,
  { id, to, language, kind, props, attachments = [] }: MailToSend<Kind>,
): Promise<void> {
  const rendered = await renderMail(kind, props, { language, publicUrl });
  await mailTransport.send({ messageId: messageIdOf(id, mailFrom), to, ...rendered, attachments });
}

/** The `Message-ID`, without angle brackets: the id at the domain of the sender. */
export function messageIdOf(id: string, { address }: Pick<MailFrom, "address">): string {
  return `${id}@${domainToASCII(address.slice(address.lastIndexOf("@") + 1))}`;
}
