import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { closeAccount } from "../../api/account.ts";
import { ApiError } from "../../api/errors.ts";
import type { Messages } from "../../messages/messages.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { PasswordField } from "../../parts/password_field.tsx";
import { z } from "../../parts/schema.ts";
import { useApp } from "../../use_app.ts";
import { TooManyTries } from "../login/too_many_tries.tsx";
import { useSubmit } from "../login/use_submit.ts";

interface Input {
  password: string;
  giveUp: boolean;
}

function rulesOf({ login }: Messages) {
  return z.object({
    password: z.string().check(z.minLength(1, login.enterPassword)),
    giveUp: z.boolean(),
  });
}

/** Deletes the account: what that means, the password once more, and what becomes of paid tickets if there are any. */
export function CloseAccount({ onKeep }: { onKeep: () => void }) {
  const { api, session } = useApp();
  const messages = useMessages();
  const { account, login } = messages;
  const navigate = useNavigate();
  const rules = useMemo(() => rulesOf(messages), [messages]);
  const [hasTickets, setHasTickets] = useState(false);
  const { register, handleSubmit, formState: { errors, submitCount } } = useForm<Input>({
    defaultValues: { password: "", giveUp: false },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const sending = useSubmit(async (input: Input) => {
    try {
      await closeAccount(api, input);
    } catch (error) {
      if (error instanceof ApiError && error.code === "ACCOUNT_HAS_TICKETS") setHasTickets(true);
      throw error;
    }
    await navigate({ to: "/" });
    await session.logOut();
  }, {
    WRONG_PASSWORD: { field: "password", text: account.wrongPassword },
    ACCOUNT_HAS_TICKETS: { field: "giveUp", text: account.hasTickets },
  });
  const summary = [...errorsOf(errors, ["password"]), ...sending.errors];
  return (
    <form
      className="stack"
      method="post"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <ErrorSummary errors={summary} attempt={sending.attempt + submitCount} />
      <p>{account.closeMeans}</p>
      <PasswordField
        {...register("password")}
        label={login.password}
        autoComplete="current-password"
        error={errors.password?.message ?? sending.errorAt("password")}
      />
      {hasTickets
        ? (
          <p>
            <label>
              <input type="checkbox" id="giveUp" {...register("giveUp")} /> {account.giveUpTickets}
            </label>
          </p>
        )
        : null}
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <div className="row-of-buttons">
        <button
          className="btn"
          type="submit"
          disabled={sending.busy || sending.secondsLeft > 0}
          aria-busy={sending.busy}
        >
          {sending.busy ? account.closing : account.closeForGood}
        </button>
        <button className="btn btn--second" type="button" onClick={onKeep}>
          {account.keepAccount}
        </button>
      </div>
    </form>
  );
}
