import { useMessages } from "../../messages/use_messages.ts";
import { LoginForm } from "../../storefront/login/login_form.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** The log-in of the account that was invited, on the invitation's own page, whose address has the token no more. */
export function SignInToAccept({ email }: { email: string }) {
  const { session } = useConsole();
  const { login: buyers } = useMessages();
  const { team: texts } = useConsoleMessages();
  const sending = useSubmit(session.logIn, {
    BAD_CREDENTIALS: { field: "email", text: buyers.wrong },
  });
  return (
    <>
      <p>{texts.acceptFirst}</p>
      <LoginForm sending={sending} to="/console/team" account="organiser" email={email} />
    </>
  );
}
