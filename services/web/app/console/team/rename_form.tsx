import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Field } from "../../parts/field.tsx";
import {
  type Organisation,
  type OrganisationScope,
  organisationsKey,
  renameOrganisation,
} from "../api/organisations.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";

const NAME_CHARS_MAX = 200;

/** Renames the organisation, which buyers see beside its events. */
export function RenameForm({ organisation, scope }: {
  organisation: Organisation;
  scope: OrganisationScope;
}) {
  const { api } = useConsole();
  const { team: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [error, setError] = useState<string>();
  const rename = useAction(async (name: string) => {
    await renameOrganisation(api, scope.organisationId, name);
    return texts.renamed;
  }, {
    settled: () => queryClient.invalidateQueries({ queryKey: organisationsKey(scope.adminId) }),
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setError(name === "" ? texts.nameMissing : undefined);
    if (name !== "") void rename.act(name);
  }

  return (
    <form className="stack measure" noValidate onSubmit={submit}>
      <OutcomeNote outcome={rename.outcome} />
      <Field
        name="name"
        label={texts.name}
        hint={texts.nameHint}
        error={error}
        defaultValue={organisation.name}
        maxLength={NAME_CHARS_MAX}
        autoComplete="organization"
      />
      <div className="row-of-buttons">
        <button className="btn btn--second" type="submit" aria-busy={rename.busy}>
          {rename.busy ? texts.renaming : texts.rename}
        </button>
      </div>
    </form>
  );
}
