import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorSummary, type FormError } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import {
  invite,
  type MemberRole,
  type OrganisationScope,
  organisationsKey,
  ROLES,
} from "../api/organisations.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

/** Invites an address, in one of the roles. */
export function InviteForm({ scope, onClose }: { scope: OrganisationScope; onClose: () => void }) {
  const { api } = useConsole();
  const { team: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const send = useAction(async (input: { email: string; role: MemberRole }) => {
    await invite(api, scope.organisationId, input);
    return texts.invited(input.email);
  }, {
    refusals: {
      ALREADY_MEMBER: texts.alreadyMember,
      ORGANISATION_FULL: texts.full,
      RATE_LIMITED: texts.tooMany,
      VALIDATION_FAILED: texts.emailMissing,
    },
    settled: () => queryClient.invalidateQueries({ queryKey: organisationsKey(scope.adminId) }),
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const email = String(fields.get("email")).trim();
    const wrong = /^\S+@\S+$/.test(email) ? [] : [{ field: "email", text: texts.emailMissing }];
    setErrors(wrong);
    setAttempt((count) => count + 1);
    if (wrong.length === 0) void send.act({ email, role: fields.get("role") as MemberRole });
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <h2 id="invite">{texts.inviteTitle}</h2>
      <ErrorSummary errors={errors} attempt={attempt} />
      <OutcomeNote outcome={send.outcome} />
      <Field
        name="email"
        label={texts.email}
        hint={texts.emailHint}
        error={errors[0]?.text}
        type="email"
        autoComplete="off"
      />
      <fieldset className="field roles">
        <legend className="label">{texts.role}</legend>
        {ROLES.map((role) => (
          <label key={role} className="check">
            <input type="radio" name="role" value={role} defaultChecked={role === "manager"} />
            <span>
              {texts.roles[role]} <span className="soft small">{texts.rolesMean[role]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="row-of-buttons">
        <button className="btn" type="submit" aria-busy={send.busy}>
          {send.busy ? texts.inviting : texts.inviteDo}
        </button>
        <button
          className="btn btn--second"
          type="button"
          onClick={() => {
            send.forget();
            onClose();
          }}
        >
          {texts.keep}
        </button>
      </div>
    </form>
  );
}
