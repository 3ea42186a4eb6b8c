import { DEFAULT_TIME_ZONE } from "../time_zone.ts";
import type { MailFormat } from "./format.ts";
import type { BookingMail, MailEvent, MailKind, MailProps, MailTerm } from "./kinds.ts";
import type { MailMessages } from "./messages/messages.ts";
import { greetedName } from "./sane_text.ts";

/** What a mail says, before it has a form. */
export interface MailContent {
  subject: string;
  /** Shown beside the subject in a list of mails. */
  preview: string;
  title: string;
  /** Paragraphs. */
  lead: string[];
  event?: MailEvent;
  /** The event is off or not the reader's any more. */
  isOff?: boolean;
  facts?: [label: string, value: string][];
  action?: { label: string; url: string };
  /** A second, quieter link. */
  link?: { label: string; url: string };
  /** Paragraphs below. */
  notes?: string[];
}

/** What content is made with. */
export interface ContentTools {
  t: MailMessages;
  format: MailFormat;
}

type Contents = {
  readonly [Kind in MailKind]: (props: MailProps[Kind], tools: ContentTools) => MailContent;
};

/** The content of each kind of mail. */
export const CONTENTS: Contents = {
  welcome: ({ name, url }, { t }) => ({
    ...t.welcome,
    lead: [t.hello(greetedName(name)), t.welcome.lead],
    action: { label: t.welcome.action, url },
  }),
  verify_email: ({ name, url, expiresAt }, tools) => ({
    ...tools.t.verifyEmail,
    lead: [tools.t.hello(greetedName(name)), tools.t.verifyEmail.lead],
    action: { label: tools.t.verifyEmail.action, url },
    notes: [linkEnds(expiresAt, tools), tools.t.verifyEmail.notYou],
  }),
  password_reset: ({ name, url, expiresAt }, tools) => ({
    ...tools.t.passwordReset,
    lead: [tools.t.hello(greetedName(name)), tools.t.passwordReset.lead],
    action: { label: tools.t.passwordReset.action, url },
    notes: [linkEnds(expiresAt, tools), tools.t.passwordReset.notYou],
  }),
  account_erased: ({ name, url }, { t }) => ({
    ...t.accountErased,
    lead: [t.hello(greetedName(name)), t.accountErased.lead],
    action: { label: t.accountErased.action, url },
    notes: [t.accountErased.kept],
  }),
  organisation_invitation: ({ organisation, inviter, role, url, expiresAt }, tools) => {
    const { t } = tools;
    const name = greetedName(organisation);
    return {
      subject: t.invitation.subject(name),
      preview: t.invitation.preview,
      title: t.invitation.title,
      lead: [t.hello(undefined), t.invitation.lead(greetedName(inviter), name)],
      facts: [[t.invitation.role, t.invitation.roles[role]]],
      action: { label: t.invitation.action, url },
      notes: [linkEnds(expiresAt, tools), t.invitation.notYou],
    };
  },
  booking_confirmed: (props, tools) => {
    const { t, format } = tools;
    const { name, event, lines, total, ticketUrl } = props;
    const tickets = lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ");
    return {
      subject: t.confirmed.subject(event.name),
      preview: t.confirmed.preview(format.shortWhen(event.startsAt, event.timezone)),
      title: t.confirmed.title,
      lead: [t.hello(greetedName(name)), t.confirmed.lead],
      event,
      facts: [
        [t.reference, props.reference],
        [t.tickets, tickets],
        [t.paid, total.amountMinor === 0 ? t.free : format.money(total)],
      ],
      action: { label: t.confirmed.action, url: ticketUrl },
      link: { label: t.seeBooking, url: props.url },
      notes: [...termsOf(props, tools), t.confirmed.calendar],
    };
  },
  booking_cancelled: (props, { t, format }) => ({
    ...aboutBooking(props, t),
    subject: t.cancelled.subject(props.event.name),
    preview: t.reference + " " + props.reference,
    title: t.cancelled.title,
    lead: [t.hello(greetedName(props.name)), t.cancelled.lead(props.event.name)],
    isOff: true,
    facts: [[t.reference, props.reference], [t.refund, refundText(props.refund, { t, format })]],
    notes: props.refund.amountMinor === 0 ? [] : [t.refundTime],
  }),
  payment_action: (props, { t, format }) => ({
    ...aboutBooking(props, t),
    subject: t.paymentAction.subject(props.event.name),
    preview: t.paymentAction.preview,
    title: t.paymentAction.title,
    lead: [t.hello(greetedName(props.name)), t.paymentAction.lead],
    facts: [
      [t.reference, props.reference],
      [t.toPay, format.money(props.total)],
      [t.heldUntil, format.shortWhen(props.deadline, props.event.timezone)],
    ],
    action: { label: t.paymentAction.action, url: props.url },
    notes: [t.paymentAction.after],
  }),
  payment_returned: (props, { t, format }) => ({
    ...aboutBooking(props, t),
    subject: t.paymentReturned.subject(props.event.name),
    preview: t.paymentReturned.preview,
    title: t.paymentReturned.title,
    lead: [t.hello(greetedName(props.name)), t.paymentReturned.lead],
    isOff: true,
    facts: [[t.reference, props.reference], [t.refund, format.money(props.total)]],
    notes: [t.refundTime],
  }),
  booking_refunded: (props, { t, format }) => ({
    ...aboutBooking(props, t),
    subject: t.refunded.subject(props.event.name),
    preview: t.refunded.preview(format.money(props.refund)),
    title: t.refunded.title,
    lead: [t.hello(greetedName(props.name)), t.refunded.lead],
    facts: [[t.reference, props.reference], [t.refund, format.money(props.refund)]],
    notes: [...(props.areTicketsValid ? [t.moved.stays] : []), t.refundTime],
  }),
  waitlist_offer: ({ name, event, quantity, url, deadline }, { t, format }) => {
    const until = format.shortWhen(deadline, event.timezone);
    return {
      subject: t.offer.subject(event.name),
      preview: t.offer.preview(until),
      title: t.offer.title(quantity),
      lead: [t.hello(greetedName(name)), t.offer.lead(quantity)],
      event,
      facts: [[t.tickets, String(quantity)], [t.heldUntil, until]],
      action: { label: t.offer.action, url },
      notes: [t.offer.after],
    };
  },
  offer_lapsed: ({ name, event, url, isOver }, { t }) => ({
    subject: t.lapsed.subject(event.name),
    preview: isOver ? t.lapsed.over : t.lapsed.stays,
    title: t.lapsed.title,
    lead: [t.hello(greetedName(name)), t.lapsed.lead, isOver ? t.lapsed.over : t.lapsed.stays],
    event,
    action: { label: isOver ? t.seeEvent : t.lapsed.action, url },
  }),
  event_moved: (props, { t, format }) => {
    const { event, before, refundNow } = props;
    const isOtherTime = before.startsAt.getTime() !== event.startsAt.getTime();
    const isOtherPlace = before.venue !== event.venue || before.address !== event.address;
    return {
      ...aboutBooking(props, t),
      subject: t.moved.subject(event.name),
      preview: format.shortWhen(event.startsAt, event.timezone),
      title: t.moved.title,
      lead: [t.hello(greetedName(props.name)), t.moved.lead],
      facts: [
        [t.reference, props.reference],
        ...(isOtherTime
          ? [[t.moved.was, format.when(before.startsAt, before.timezone)] as [string, string]]
          : []),
        ...(isOtherPlace ? [[t.moved.wasAt, placeOf(before)] as [string, string]] : []),
      ],
      action: { label: t.seeBooking, url: props.url },
      notes: [
        t.moved.stays,
        refundNow.amountMinor === 0 ? t.moved.noRefund : t.moved.refund(format.money(refundNow)),
        t.confirmed.calendar,
      ],
    };
  },
  event_cancelled: (props, { t, format }) => ({
    ...aboutBooking(props, t),
    subject: t.eventCancelled.subject(props.event.name),
    preview: t.eventCancelled.preview,
    title: t.eventCancelled.title,
    lead: [t.hello(greetedName(props.name)), t.eventCancelled.lead],
    isOff: true,
    facts: [[t.reference, props.reference], [t.refund, refundText(props.refund, { t, format })]],
    notes: props.refund.amountMinor === 0 ? [] : [t.refundTime],
  }),
};

/** Where the event takes place, on one line. */
export function placeOf({ venue, address }: Pick<MailEvent, "venue" | "address">): string {
  return [venue, address].filter(Boolean).join(", ");
}

function aboutBooking({ event, url }: BookingMail, t: MailMessages) {
  return { event, action: { label: t.seeBooking, url } };
}

function refundText(refund: MailProps["event_cancelled"]["refund"], { t, format }: ContentTools) {
  return refund.amountMinor === 0 ? t.nothing : format.money(refund);
}

function linkEnds(expiresAt: Date, { t, format }: ContentTools): string {
  return t.linkEnds(format.shortWhen(expiresAt, DEFAULT_TIME_ZONE));
}

const HOUR_MS = 3_600_000;

/** What the reader gets back until when, by the terms of this sale. */
function termsOf(
  { terms, soldWithStart, total, event }: MailProps["booking_confirmed"],
  { t, format }: ContentTools,
): string[] {
  if (total.amountMinor === 0) return [];
  const rules = terms.filter(({ percent }) => percent > 0)
    .toSorted((a: MailTerm, b: MailTerm) => b.hoursBefore - a.hoursBefore);
  if (rules.length === 0) return [t.confirmed.noTerms];
  const texts = rules.map(({ hoursBefore, percent }) => {
    const until = new Date(soldWithStart.getTime() - hoursBefore * HOUR_MS);
    return t.confirmed.term(percent, format.shortWhen(until, event.timezone));
  });
  return [`${t.confirmed.terms} ${texts.join(" ")}`];
}
