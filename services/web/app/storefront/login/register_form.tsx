import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import type { Messages } from "../../messages/messages.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { PasswordField } from "../../parts/password_field.tsx";
import { z } from "../../parts/schema.ts";
import { emailRule, newPasswordRule, PASSWORD_CHARS_LEAST } from "./account_rules.ts";
import { SubmitButton } from "./submit_button.tsx";
import { TooManyTries } from "./too_many_tries.tsx";
import type { useSubmit } from "./use_submit.ts";

/** What the API takes. */
const NAME_CHARS_MAX = 200;

/** What the form asks for. */
export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

function rulesOf({ login }: Messages) {
  return z.object({
    name: z.string().check(
      z.trim(),
      z.minLength(1, login.enterName),
      z.maxLength(NAME_CHARS_MAX, login.shorterName(NAME_CHARS_MAX)),
    ),
    email: emailRule(login),
    password: newPasswordRule(login),
  });
}

/** Checked when it is sent, and not before it is sent again: errors that go while one presses the button would move it away. */
export function RegisterForm({ sending, nameHint, email = "" }: {
  sending: ReturnType<typeof useSubmit<NewAccount>>;
  /** What the name is for, where it is no buyer's. */
  nameHint?: string;
  /** An address that is known already. */
  email?: string;
}) {
  const messages = useMessages();
  const { login } = messages;
  const rules = useMemo(() => rulesOf(messages), [messages]);
  const { register, handleSubmit, formState: { errors, submitCount } } = useForm<NewAccount>({
    defaultValues: { email },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const summary = [...errorsOf(errors, ["name", "email", "password"]), ...sending.errors];
  return (
    <form
      className="stack"
      method="post"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <ErrorSummary errors={summary} attempt={sending.attempt + submitCount} />
      <Field
        {...register("name")}
        label={login.name}
        hint={nameHint ?? login.nameHint}
        autoComplete="name"
        error={errors.name?.message}
      />
      <Field
        {...register("email")}
        label={login.email}
        type="email"
        autoComplete="email"
        error={errors.email?.message ?? sending.errorAt("email")}
      />
      <PasswordField
        {...register("password")}
        label={login.password}
        hint={login.passwordHint(PASSWORD_CHARS_LEAST)}
        autoComplete="new-password"
        error={errors.password?.message ?? sending.errorAt("password")}
      />
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <SubmitButton text={login.register} busyText={login.registering} {...sending} />
    </form>
  );
}
