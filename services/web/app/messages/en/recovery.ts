import { pluralOf } from "../plural.ts";

const minutesWord = pluralOf("en", { one: "minute", other: "minutes" });
const hoursWord = pluralOf("en", { one: "hour", other: "hours" });
const MINUTES_AN_HOUR = 60;

/** "2 hours", or "90 minutes" where it is no whole number of hours. */
function lasting(seconds: number): string {
  const minutes = Math.max(1, Math.floor(seconds / 60));
  const hours = minutes / MINUTES_AN_HOUR;
  return Number.isInteger(hours)
    ? `${hours} ${hoursWord(hours)}`
    : `${minutes} ${minutesWord(minutes)}`;
}

/** Texts of new passwords and of verified e-mail addresses. */
export const recovery = {
  forgot: "Forgot your password?",
  forgotTitle: "Set a new password",
  forgotHint: "We send you a mail with a link.",
  sendLink: "Send the mail",
  sending: "Sending…",
  remembered: "You know it again?",
  sentTitle: "Look in your mail",
  sent: (email: string, linkS: number) =>
    `If an account has the address ${email}, a mail is on its way. Its link works once, for ${
      lasting(linkS)
    }.`,
  spam: "Nothing there after a few minutes? Look in spam, and at the address above.",
  sendAgain: "Send it again",
  sentAgain: "Sent once more. The link of the newest mail is the one that works.",
  otherAddress: "Use another address",
  resetTitle: "Choose a new password",
  newPassword: "New password",
  resetHint: "Every device is then signed out.",
  setPassword: "Set the password",
  settingPassword: "Setting the password…",
  resetDoneTitle: "Your password is changed",
  resetDone: "Other devices are signed out within 15 minutes. Sign in with the new password.",
  signInAnew: "Sign in",
  resetDoneOrganiser:
    "Every device is signed out within 15 minutes. Sign in as an organiser with the new password.",
  noLinkTitle: "The link is missing",
  noResetLink:
    "This page needs the link of our mail. Open the mail and press its link again, or ask for a new one.",
  noVerifyLink: "This page needs the link of our mail. Open the mail and press its link again.",
  deadTitle: "This link does not work any more",
  deadLink: "It was used, has expired, or a newer mail has taken its place.",
  newLink: "Ask for a new link",
  verifyTitle: "Verify your e-mail",
  verifyHint: "One press, and we know that our mails reach you.",
  verify: "Verify my e-mail",
  verifying: "Verifying…",
  verifiedTitle: "Your e-mail is verified",
  verified: "Tickets and news about your events reach you there.",
  verifiedOrganiser: "News about your events reaches you there.",
  alreadyVerified: "But your e-mail is verified already. There is nothing left to do.",
  toEvents: "Find an event",
  signInForNewLink: "Sign in, and get a new link",
  organiserNewLink: "Sign in as an organiser to get a new link.",
  notVerified: (email: string) =>
    `Your e-mail is not verified yet. Press the link in the mail that we sent to ${email}.`,
  verificationSent: (email: string) =>
    `A new mail is on its way to ${email}. Nothing there after a few minutes? Look in spam.`,
};
