import { domainToASCII } from "node:url";
import type { MailKind, MailProps } from "./kinds.ts";
import { type MailAttachment, MailDelayed, MailRefused, type MailTransport } from "./mail.ts";
import type { MailFrom } from "./mail_config.ts";
import type { Lane } from "../work_lane.ts";
import { renderMail } from "./render_mail.ts";

/** What sending needs; a `ServiceContext` has it. */
export interface MailDeps {
  mailTransport: MailTransport;
  mailFrom: MailFrom;
  publicUrl: string;
  /** How long mails that were given up are kept, from when they were written. */
  deadLetterTtlMs: number;
  /** Where mails are rendered; one for the whole process. */
  mailLane: Pick<Lane, "run">;
}

/** For outbox topics of mails: 12 attempts over 25 hours, then a dead letter; at once where the mail is refused. */
export const MAIL_RETRIES = {
  maxAttempts: 12,
  firstRetryMs: 45_000,
  isFinal: (error: unknown): boolean => error instanceof MailRefused,
  leastPauseMs: (error: unknown): number => error instanceof MailDelayed ? error.pauseMs : 0,
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
 * Renders a mail and sends it; without a transport it does nothing.
 *
 * @throws {MailRefused} it will never be accepted
 */
export async function sendMail<Kind extends MailKind>(
  { mailTransport, mailFrom, mailLane, publicUrl }: MailDeps,
  { id, to, language, kind, props, attachments = [] }: MailToSend<Kind>,
): Promise<void> {
  if (mailTransport.name === "none") return;
  const rendered = await mailLane.run(() => renderMail(kind, props, { language, publicUrl }));
  await mailTransport.send({ messageId: messageIdOf(id, mailFrom), to, ...rendered, attachments });
}

/** The `Message-ID`, without angle brackets: the id at the domain of the sender. */
export function messageIdOf(id: string, { address }: Pick<MailFrom, "address">): string {
  return `${id}@${domainToASCII(address.slice(address.lastIndexOf("@") + 1))}`;
}
