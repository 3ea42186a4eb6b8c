import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { z } from "../../parts/schema.ts";
import { emailRule } from "../login/account_rules.ts";
import { SubmitButton } from "../login/submit_button.tsx";
import { TooManyTries } from "../login/too_many_tries.tsx";
import type { useSubmit } from "../login/use_submit.ts";

/** What the form asks for. */
export interface Address {
  email: string;
}

/** The address that a mail is sent to; `email` is what was typed before. */
export function ForgotForm({ email = "", sending }: {
  email: string | undefined;
  sending: ReturnType<typeof useSubmit<Address>>;
}) {
  const { login, recovery } = useMessages();
  const rules = useMemo(() => z.object({ email: emailRule(login) }), [login]);
  const { register, handleSubmit, formState: { errors, submitCount } } = useForm<Address>({
    defaultValues: { email },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const summary = [...errorsOf(errors, ["email"]), ...sending.errors];
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
        hint={recovery.forgotHint}
        type="email"
        autoComplete="username"
        error={errors.email?.message ?? sending.errorAt("email")}
      />
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <SubmitButton text={recovery.sendLink} busyText={recovery.sending} {...sending} />
    </form>
  );
}
