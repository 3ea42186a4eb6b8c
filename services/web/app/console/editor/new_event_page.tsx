import { useQuery, useQueryClient } from "@tanstack/react-query";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { z } from "../../parts/schema.ts";
import { SubmitButton } from "../../storefront/login/submit_button.tsx";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { eventsChanged, makeDraft } from "../api/events.ts";
import { allVenuesQuery } from "../api/venues.ts";
import { SelectField } from "../parts/controls.tsx";
import { EmptyState } from "../parts/empty_state.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { RestoredNote } from "../parts/restored_note.tsx";
import { useKeptForm } from "../parts/use_kept_form.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";

interface Beginning {
  name: string;
  venueId: string;
}

/** A new event: a name is enough, and it is a draft at once. */
export function NewEventPage() {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { editor, events, overview } = useConsoleMessages();
  const { data: venues } = useQuery(allVenuesQuery(api, adminId));
  return (
    <>
      <PageHead
        title={events.newEvent}
        before={<Link to="/console/events">{events.title}</Link>}
      />
      {venues?.length === 0
        ? (
          <EmptyState title={editor.venueFirst}>
            <Link className="btn" to="/console/venues/new">{overview.newVenue}</Link>
          </EmptyState>
        )
        : (
          <NewEventForm
            venues={venues?.map(({ venue_id, name, city }) => [venue_id, `${name}, ${city}`]) ?? []}
          />
        )}
    </>
  );
}

function NewEventForm({ venues }: { venues: readonly (readonly [id: string, name: string])[] }) {
  const { api } = useConsole();
  const { editor } = useConsoleMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const rules = useMemo(() =>
    z.object({
      name: z.string().check(z.trim(), z.minLength(1, editor.enterName)),
      venueId: z.string(),
    }), [editor]);
  const form = useForm<Beginning>({
    defaultValues: { name: "", venueId: "" },
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const kept = useKeptForm("new event", form);
  const sending = useSubmit(async ({ name, venueId }: Beginning) => {
    const { event_id } = await makeDraft(api, {
      name,
      ...(venueId ? { venue_id: venueId } : {}),
    });
    kept.forget();
    void eventsChanged(queryClient);
    await navigate({ to: "/console/events/$eventId/edit", params: { eventId: event_id } });
  }, { VALIDATION_FAILED: { field: "venueId", text: editor.enterVenue } });
  const { register, handleSubmit, formState: { errors, submitCount } } = form;
  return (
    <form
      className="stack form"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <RestoredNote kept={kept} />
      <ErrorSummary
        errors={[...errorsOf(errors, ["name", "venueId"]), ...sending.errors]}
        attempt={sending.attempt + submitCount}
      />
      <Field
        {...register("name")}
        label={editor.fields.name}
        hint={editor.nameHint}
        error={errors.name?.message}
      />
      <SelectField
        {...register("venueId")}
        label={editor.fields.venueId}
        hint={editor.venueHint}
        error={sending.errorAt("venueId")}
      >
        <option value="">{editor.lastVenue}</option>
        {venues.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
      </SelectField>
      <SubmitButton text={editor.makeDraft} busyText={editor.makingDraft} {...sending} />
    </form>
  );
}
