import { pluralOf } from "../plural.ts";

const seconds = pluralOf("en", { one: "second", other: "seconds" });
const minutes = pluralOf("en", { one: "minute", other: "minutes" });

/** From as many seconds on a wait is told in minutes. */
const LONG_WAIT_S = 120;

function wait(left: number): string {
  if (left < LONG_WAIT_S) return `${left} ${seconds(left)}`;
  const count = Math.ceil(left / 60);
  return `${count} ${minutes(count)}`;
}

/** Texts of the log-in and of new accounts. */
export const login = {
  title: "Sign in",
  titleRegister: "Make an account",
  email: "E-mail",
  password: "Password",
  name: "Name",
  nameHint: "As it should stand on your tickets.",
  passwordHint: (least: number) => `${least} characters or more. Long is better than clever.`,
  signIn: "Sign in",
  signingIn: "Signing in…",
  register: "Make the account",
  registering: "Making the account…",
  noAccount: "No account yet?",
  toRegister: "Make one",
  haveAccount: "You have an account?",
  toLogin: "Sign in",
  needsScript: "This page needs JavaScript, which is switched off here.",
  enterEmail: "Enter your e-mail",
  enterEmailWhole: "Enter an e-mail such as asha@example.com",
  enterPassword: "Enter your password",
  enterName: "Enter your name",
  choosePassword: (least: number, most: number) =>
    `Choose a password of ${least} to ${most} characters`,
  shorterName: (most: number) => `Enter a name of ${most} characters at the most`,
  wrong: "That e-mail and password do not go together.",
  taken: "There is an account with this e-mail. Sign in, or use another one.",
  tooMany: (left: number) => `Too many tries. Again in ${wait(left)}.`,
  demo: "Demo accounts",
  demoHint: "In development alone. One press signs you in.",
  admit: "Admit one",
  reasons: [
    "Hold tickets, and pay in peace.",
    "Cancel, and see the refund before you do.",
    "Wait for a sold-out event, with your place in line.",
  ],
};
