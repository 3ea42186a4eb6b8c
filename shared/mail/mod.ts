/** Mails: rendered from one template, and sent by SMTP, by an HTTP API or into development's mailbox. */
export type * from "./kinds.ts";
export {
  type Mail,
  type MailAttachment,
  MailDelayed,
  MailRefused,
  type MailTransport,
  type RenderedMail,
  type RenderOptions,
} from "./mail.ts";
export { type MailConfig, type MailFrom, mailSection } from "./mail_config.ts";
export { type KeptMail, Mailbox } from "./mailbox.ts";
export { mailLane } from "./mail_lane.ts";
export { openMailTransport } from "./open_transport.ts";
export { renderMail } from "./render_mail.ts";
export {
  MAIL_RETRIES,
  type MailDeps,
  type MailToSend,
  messageIdOf,
  sendMail,
} from "./send_mail.ts";
