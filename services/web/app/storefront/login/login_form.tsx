import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { useMessages } from "../../messages/use_messages.ts";
import type { Messages } from "../../messages/messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { PasswordField } from "../../parts/password_field.tsx";
import { z } from "../../parts/schema.ts";
import { SubmitButton } from "./submit_button.tsx";
import { TooManyTries } from "./too_many_tries.tsx";
import type { useSubmit } from "./use_submit.ts";

/** What the form asks for. */
export interface Credentials {
  email: string;
  password: string;
}

function rulesOf({ login }: Messages) {
  return z.object({
    email: z.string().check(z.trim(), z.minLength(1, login.enterEmail)),
    password: z.string().check(z.minLength(1, login.enterPassword)),
  });
}

/** Checked when it is sent, and not before it is sent again: errors that go while one presses the button would move it away. */
export function LoginForm({ sending, to, account, email = "" }: {
  sending: ReturnType<typeof useSubmit<Credentials>>;
  /** Whose account it is; a buyer's, where absent. */
  account?: "organiser";
  /** An address that is known already. */
  email?: string;
  /** The way back. */
  to: string | undefined;
}) {
  const messages = useMessages();
  const { login, recovery } = messages;
  const rules = useMemo(() => rulesOf(messages), [messages]);
  const { register, handleSubmit, getValues, formState } = useForm<Credentials>({
    defaultValues: { email },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const { errors, submitCount } = formState;
  const summary = [...errorsOf(errors, ["email", "password"]), ...sending.errors];
  return (
    <form
      className="stack"
      method="post"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <ErrorSummary errors={summary} attempt={sending.attempt + submitCount} />
      <Field
        {...register("email")}
        label={login.email}
        type="email"
        autoComplete="username"
        error={errors.email?.message}
      />
      <PasswordField
        {...register("password")}
        label={login.password}
        autoComplete="current-password"
        error={errors.password?.message}
      />
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <SubmitButton text={login.signIn} busyText={login.signingIn} {...sending} />
      <p>
        <Link
          to="/forgot"
          search={{ ...(account ? { account } : {}), ...(to === undefined ? {} : { to }) }}
          state={() => ({ email: getValues("email") })}
        >
          {recovery.forgot}
        </Link>
      </p>
    </form>
  );
}
