import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { PasswordField } from "../../parts/password_field.tsx";
import { TooManyTries } from "../../storefront/login/too_many_tries.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { closeAccount } from "../api/account.ts";
import { forgetDownloads } from "../parts/downloads.ts";
import { forgetKept } from "../parts/kept_values.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** Deletes the organiser's account: what that means, and the password once more. */
export function CloseAccount({ onKeep }: { onKeep: () => void }) {
  const { api, session } = useConsole();
  const { login } = useMessages();
  const { account: texts } = useConsoleMessages();
  const navigate = useNavigate();
  const [attempt, setAttempt] = useState(0);
  const [missing, setMissing] = useState<string>();
  const sending = useSubmit(async (input: { password: string }) => {
    await closeAccount(api, input);
    await session.logOut().catch(() => undefined);
    forgetKept();
    forgetDownloads();
    await navigate({ to: "/console/login", search: {}, replace: true });
  }, {
    WRONG_PASSWORD: { field: "password", text: texts.wrongPassword },
    ACCOUNT_HAS_EVENTS: { text: texts.hasEvents },
    LAST_OWNER: { text: texts.lastOwner },
    LAST_SUPER_ADMIN: { text: texts.lastSuperAdmin },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setAttempt((count) => count + 1);
    setMissing(password === "" ? login.enterPassword : undefined);
    sending.forget();
    if (password !== "") void sending.submit({ password });
  };
  const errors = [
    ...(missing === undefined ? [] : [{ field: "password", text: missing }]),
    ...sending.errors,
  ];
  return (
    <form className="stack measure" method="post" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} attempt={sending.attempt + attempt} />
      <p>{texts.closeMeans}</p>
      <PasswordField
        name="password"
        label={login.password}
        autoComplete="current-password"
        error={missing ?? sending.errorAt("password")}
      />
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <div className="row-of-buttons">
        <button
          className="btn btn--danger"
          type="submit"
          disabled={sending.busy || sending.secondsLeft > 0}
          aria-busy={sending.busy}
        >
          {sending.busy ? texts.closing : texts.closeForGood}
        </button>
        <button className="btn btn--second" type="button" onClick={onKeep}>
          {texts.keepAccount}
        </button>
      </div>
    </form>
  );
}
