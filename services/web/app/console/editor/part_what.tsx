import { useMessages } from "../../messages/use_messages.ts";
import { KINDS } from "../../../cover/kinds.ts";
import { Field } from "../../parts/field.tsx";
import { SelectField, TextField } from "../parts/controls.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { Part } from "./part.tsx";
import type { EventForm } from "./use_event_form.ts";

/** Another spelling of a kind that is there already. */
const OTHER_SPELLING = "theater";

/** Name, kind, words and picture. */
export function PartWhat({ event: { form, sending, base } }: { event: EventForm }) {
  const { editor } = useConsoleMessages();
  const { common } = useMessages();
  const { register, formState: { errors } } = form;
  const kinds = [...KINDS.keys()].filter((kind) => kind !== OTHER_SPELLING);
  const own = kinds.includes(base.kind) ? [] : [base.kind];
  return (
    <Part number={1} title={editor.what}>
      <Field
        {...register("name")}
        label={editor.fields.name}
        error={errors.name?.message ?? sending.errorAt("name")}
      />
      <SelectField
        {...register("kind")}
        label={editor.fields.kind}
        hint={editor.kindHint}
        error={errors.kind?.message}
      >
        {[...own, ...kinds].map((kind) => (
          <option key={kind} value={kind}>{common.kinds[kind] ?? editor.otherKind(kind)}</option>
        ))}
      </SelectField>
      <TextField
        {...register("description")}
        label={editor.fields.description}
        hint={editor.descriptionHint}
        error={sending.errorAt("description")}
      />
      <Field
        {...register("imageUrl")}
        label={editor.fields.imageUrl}
        hint={editor.pictureHint}
        type="url"
        error={errors.imageUrl?.message ?? sending.errorAt("imageUrl")}
      />
    </Part>
  );
}
