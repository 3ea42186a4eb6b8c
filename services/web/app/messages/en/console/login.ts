/** Texts of the organisers' log-in and of their new accounts. */
export const login = {
  title: "Sign in as an organiser",
  titleRegister: "Make an organiser's account",
  nameHint: "Buyers see it as the organiser of your events.",
  noAccount: "No organiser's account yet?",
  closedTitle: "New organisers are let in by the platform's team",
  closed:
    "This platform does not take new organisers by itself. Ask a super admin, who can make an account for you.",
  toBuyers: "You want to buy tickets?",
  toBuyersLink: "Sign in as a buyer",
  demoHint: "In development alone. One press signs you in.",
  admit: "Back stage",
  reasons: [
    "See each sale when it happens, and what needs you.",
    "Change prices, pools and sale windows while you sell.",
    "Prove that no seat was sold twice.",
  ],
  restored: "What you had typed is here again.",
  startOver: "Start over",
};
