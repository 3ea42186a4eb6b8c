import { useNavigate } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { type NewAccount, RegisterForm } from "../../storefront/login/register_form.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** A new account of the address that was invited, which is a member at once; also where registration is closed. */
export function RegisterToAccept({ token, email }: { token: string; email: string }) {
  const { session } = useConsole();
  const { login: buyers, language } = useMessages();
  const { team: texts } = useConsoleMessages();
  const navigate = useNavigate();
  const sending = useSubmit(async (input: NewAccount) => {
    await session.register({ ...input, language, invitation: token });
    await navigate({ to: "/console/team", replace: true });
  }, {
    EMAIL_TAKEN: { field: "email", text: buyers.taken },
    INVITATION_FOR_ANOTHER: { field: "email", text: texts.otherAccount },
    BAD_INVITATION: { text: texts.dead },
  });
  return (
    <>
      <p>{texts.acceptNew}</p>
      <RegisterForm sending={sending} nameHint={texts.yourNameHint} email={email} />
    </>
  );
}
