import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { PasswordField } from "../../parts/password_field.tsx";
import { z } from "../../parts/schema.ts";
import { newPasswordRule, PASSWORD_CHARS_LEAST } from "../login/account_rules.ts";
import { SubmitButton } from "../login/submit_button.tsx";
import { TooManyTries } from "../login/too_many_tries.tsx";
import type { useSubmit } from "../login/use_submit.ts";

interface Input {
  password: string;
}

/** The new password. */
export function ResetForm({ sending }: { sending: ReturnType<typeof useSubmit<Input>> }) {
  const { login, recovery } = useMessages();
  const rules = useMemo(() => z.object({ password: newPasswordRule(login) }), [login]);
  const { register, handleSubmit, formState: { errors, submitCount } } = useForm<Input>({
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
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
      {/* Password managers look for one. Whose account it is, the link alone knows. */}
      <input type="text" autoComplete="username" hidden readOnly />
      <PasswordField
        {...register("password")}
        label={recovery.newPassword}
        hint={login.passwordHint(PASSWORD_CHARS_LEAST)}
        autoComplete="new-password"
        error={errors.password?.message ?? sending.errorAt("password")}
      />
      <p className="soft small">{recovery.resetHint}</p>
      <TooManyTries secondsLeft={sending.secondsLeft} />
      <SubmitButton text={recovery.setPassword} busyText={recovery.settingPassword} {...sending} />
    </form>
  );
}
