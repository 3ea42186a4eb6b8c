/** Texts of mails in English. Another language has the same keys. */
export const en = {
  /** Locale of numbers and dates. */
  locale: "en-IN",
  hello: (name: string | undefined) => name === undefined ? "Hello," : `Hello ${name},`,
  /** Foot of every mail. */
  foot: "You get this mail because of your Evently account. Answers to it are not read.",
  linkEnds: (until: string) => `The link works once, until ${until}.`,
  reference: "Reference",
  tickets: "Tickets",
  paid: "Paid",
  free: "Free",
  refund: "You get back",
  nothing: "Nothing",
  toPay: "To pay",
  heldUntil: "Held until",
  refundTime: "It goes to the card or account that you paid with, in 5 to 10 days.",
  seeBooking: "See your booking",
  seeEvent: "See the event",
  cancelledMark: "Off",
  welcome: {
    subject: "Welcome to Evently",
    preview: "Your account is ready.",
    title: "You are in",
    lead: "Your account is ready. Find something to go to: tickets are yours in two minutes.",
    action: "Find an event",
  },
  verifyEmail: {
    subject: "Confirm your e-mail address",
    preview: "One press and it is done.",
    title: "Is this your address?",
    lead: "Confirm that mails to this address reach you.",
    action: "Confirm the address",
    notYou: "If you have no account at Evently, do nothing: somebody may have mistyped an address.",
  },
  passwordReset: {
    subject: "Choose a new password",
    preview: "Somebody asked for it; we hope that it was you.",
    title: "A new password",
    lead: "Somebody, probably you, asked for a new password of your account.",
    action: "Choose a password",
    notYou: "If it was not you, do nothing: your password stays as it is.",
  },
  accountErased: {
    subject: "Your account is deleted",
    preview: "Name, address and phone number are gone.",
    title: "Your account is deleted",
    lead: "You asked us to delete your account, and we did: your name, address and phone number " +
      "are gone, and you are signed out everywhere. This is the last mail to this address.",
    action: "To the home page",
    kept: "Payments are kept without your name, as the law demands. Tickets that you gave up are " +
      "cancelled by the terms of their sale.",
  },
  invitation: {
    subject: (organisation: string | undefined) =>
      organisation === undefined
        ? "You are invited to a team on Evently"
        : `You are invited to ${organisation} on Evently`,
    preview: "Organise events together.",
    title: "Join the team",
    lead: (inviter: string | undefined, organisation: string | undefined) =>
      `${inviter ?? "Somebody"} invites you to organise events with ${
        organisation ?? "their team"
      } on Evently.`,
    role: "Your role",
    roles: {
      owner: "Owner: everything, also who belongs to the team",
      manager: "Manager: events, tickets and refunds",
      analyst: "Analyst: sees everything, changes nothing",
    },
    action: "See the invitation",
    notYou: "If you do not know what this is about, do nothing.",
  },
  confirmed: {
    subject: (event: string) => `Your tickets: ${event}`,
    preview: (when: string) => `See you on ${when}.`,
    title: "You are going",
    lead:
      "It is paid and the seats are yours. Show your ticket at the door, on the phone or printed.",
    action: "Open your ticket",
    calendar: "The file that comes with this mail puts the event in your calendar.",
    terms: "If you cannot come:",
    term: (percent: number, until: string) =>
      percent === 100 ? `all of it back until ${until}.` : `${percent} % back until ${until}.`,
    noTerms: "These tickets are not given back.",
  },
  cancelled: {
    subject: (event: string) => `Cancelled: your booking for ${event}`,
    title: "Your booking is cancelled",
    lead: (event: string) =>
      `Your tickets for ${event} do not admit any more, and the seats are free for others.`,
  },
  paymentAction: {
    subject: (event: string) => `Your bank needs you: ${event}`,
    preview: "The payment is not complete.",
    title: "Complete your payment",
    lead: "Your bank or your UPI app asks for your consent. Until then nothing is paid.",
    action: "Go on to pay",
    after: "After that time the seats go to others, and nothing is paid.",
  },
  paymentReturned: {
    subject: (event: string) => `Your payment came too late: ${event}`,
    preview: "It is on its way back to you.",
    title: "Your payment came too late",
    lead: "When your payment arrived, the time to pay was up and the seats had gone to others. " +
      "You get back all of it, and have no tickets.",
  },
  refunded: {
    subject: (event: string) => `Money back: ${event}`,
    preview: (amount: string) => `${amount} comes back to you.`,
    title: "Money comes back to you",
    lead:
      "The organiser gave back what you see below. If there is a reason, it is with your booking.",
  },
  offer: {
    subject: (event: string) => `Tickets for you: ${event}`,
    preview: (until: string) => `Yours until ${until}.`,
    title: (quantity: number) =>
      quantity === 1 ? "A ticket is free" : `${quantity} tickets are free`,
    lead: (quantity: number) =>
      quantity === 1
        ? "You waited, and it is your turn: a ticket is held for you."
        : `You waited, and it is your turn: ${quantity} tickets are held for you.`,
    action: "Buy now",
    after: "After that time they are offered to the next who waits.",
  },
  lapsed: {
    subject: (event: string) => `Your offer has ended: ${event}`,
    title: "The offer has ended",
    lead: "The tickets that were held for you were not paid in time.",
    stays: "You keep your place in line and hear from us when tickets are free.",
    over: "You wait no longer for this event. You may join the line again.",
    action: "See your place in line",
  },
  moved: {
    subject: (event: string) => `Changed: ${event}`,
    title: "Your event has changed",
    lead: "The organiser has changed when or where it takes place. This is how it is now.",
    was: "Before",
    wasAt: "Before, at",
    stays: "Your tickets stay valid; you need do nothing.",
    refund: (amount: string) =>
      `If you cannot come, cancel your booking: now you get back ${amount}, by the terms of your sale or by those of ` +
      "today, whichever is better for you.",
    noRefund: "By the terms of your sale nothing comes back if you cancel now.",
  },
  eventCancelled: {
    subject: (event: string) => `Cancelled: ${event}`,
    preview: "You get back all that you paid.",
    title: "The event is off",
    lead: "The organiser has cancelled the event. We are sorry.",
  },
};
