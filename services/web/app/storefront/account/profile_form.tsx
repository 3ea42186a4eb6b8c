import { type Language, LANGUAGE_NAMES, languageOf, LANGUAGES } from "@evently/shared/languages";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { type Profile, profileQuery, updateProfile } from "../../api/account.ts";
import type { Messages } from "../../messages/messages.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { Note } from "../../parts/note.tsx";
import { z } from "../../parts/schema.ts";
import { useApp } from "../../use_app.ts";
import { useSubmit } from "../login/use_submit.ts";

/** What the API takes. */
const NAME_CHARS_MAX = 200;
const PHONE_CHARS_MAX = 32;

interface Input {
  name: string;
  phone: string;
  language: Language;
}

function rulesOf({ account }: Messages) {
  return z.object({
    name: z.string().check(
      z.trim(),
      z.minLength(1, account.enterName),
      z.maxLength(NAME_CHARS_MAX, account.shorterName(NAME_CHARS_MAX)),
    ),
    phone: z.string().check(
      z.trim(),
      z.maxLength(PHONE_CHARS_MAX, account.shorterPhone(PHONE_CHARS_MAX)),
    ),
    language: z.enum(LANGUAGES),
  });
}

/** Name and phone number of the reader, and the language of their mails. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const { api, session } = useApp();
  const messages = useMessages();
  const { account } = messages;
  const queryClient = useQueryClient();
  const rules = useMemo(() => rulesOf(messages), [messages]);
  const [saved, setSaved] = useState(0);
  const { register, handleSubmit, formState: { errors, submitCount } } = useForm<Input>({
    defaultValues: {
      name: profile.name,
      phone: profile.phone_number ?? "",
      language: languageOf(profile.language),
    },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const sending = useSubmit(async (input: Input) => {
    const changed = await updateProfile(api, input);
    queryClient.setQueryData(profileQuery(api, profile.user_id).queryKey, changed);
    session.rename(changed.name);
    setSaved((count) => count + 1);
  }, {});
  const summary = [...errorsOf(errors, ["name", "phone"]), ...sending.errors];
  return (
    <form
      className="stack"
      method="post"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <ErrorSummary errors={summary} attempt={sending.attempt + submitCount} />
      {saved > 0 && summary.length === 0
        ? <Note key={saved} kind="ok" role="status">{account.saved}</Note>
        : null}
      <p>
        <b>{account.email}</b>
        <br />
        {profile.email}
      </p>
      <Field
        {...register("name")}
        label={account.name}
        hint={account.nameHint}
        autoComplete="name"
        error={errors.name?.message ?? sending.errorAt("name")}
      />
      <Field
        {...register("phone")}
        label={account.phone}
        hint={account.phoneHint}
        type="tel"
        autoComplete="tel"
        error={errors.phone?.message ?? sending.errorAt("phone_number")}
      />
      <div className="field">
        <label htmlFor="language">{account.mailLanguage}</label>
        <select id="language" {...register("language")}>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <button className="btn" type="submit" disabled={sending.busy} aria-busy={sending.busy}>
          {sending.busy ? account.saving : account.save}
        </button>
      </div>
    </form>
  );
}
