/** Texts of an organiser's own data. */
export const account = {
  title: "Your account",
  lead: "What we have of you as an organiser. What you have as a buyer is in the shop.",
  exportData: "Download my data",
  exportFailed: "We cannot collect your data just now. Try again.",
  closeAccount: "Delete my account",
  closeMeans: "Your name, e-mail and phone number are deleted at once, and you are signed out " +
    "everywhere. Invitations that you sent are dead. Teams go on without you; where nobody else is " +
    "left, events and sales are kept without a name. This cannot be undone.",
  wrongPassword: "This is not your password",
  hasEvents:
    "Nobody else can answer for your published events. Make somebody else an owner, cancel " +
    "the events, or come back when they are over.",
  lastOwner: "A team must have an owner. Make somebody else an owner first.",
  lastSuperAdmin: "You are the last super admin. Make another one first.",
  closeForGood: "Delete for good",
  closing: "Deleting…",
  keepAccount: "Keep my account",
};
