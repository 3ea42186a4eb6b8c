import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useForm } from "react-hook-form";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { errorsOf } from "../../parts/form_errors.ts";
import { useSubmit } from "../../storefront/login/use_submit.ts";
import { eventsChanged, type ManagedEvent } from "../api/events.ts";
import { addTicketType, type Pool, saveTicketType, type TicketType } from "../api/ticket_types.ts";
import { TextField, TickField } from "../parts/controls.tsx";
import { RestoredNote } from "../parts/restored_note.tsx";
import { useKeptForm } from "../parts/use_kept_form.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { TYPE_FIELDS, typeBody, typeRules, type TypeValues, typeValues } from "./type_values.ts";

/** A ticket type to be added or changed: its price, its share of the seats, its window and its limits. */
export function TypeForm({ event, type, pools, onEnd }: {
  event: ManagedEvent;
  /** The type as it is; a new one, where absent. */
  type: TicketType | undefined;
  pools: readonly Pool[];
  onEnd: () => void;
}) {
  const { api } = useConsole();
  const messages = useConsoleMessages();
  const { editor, parts } = messages;
  const queryClient = useQueryClient();
  const rules = useMemo(() => typeRules(messages), [messages]);
  const form = useForm<TypeValues>({
    defaultValues: typeValues(type, event.timezone),
    resolver: standardSchemaResolver(rules),
    reValidateMode: "onSubmit",
    shouldFocusError: false,
  });
  const kept = useKeptForm(`type ${type?.ticket_type_id ?? `new ${event.event_id}`}`, form);
  const sending = useSubmit(async (values: TypeValues) => {
    const body = typeBody(values, type, event.timezone);
    if (type) {
      await saveTicketType(api, {
        eventId: event.event_id,
        typeId: type.ticket_type_id,
        body: { ...body, version: type.version },
      });
    } else {
      const { description, ...rest } = body;
      await addTicketType(api, event.event_id, {
        ...rest,
        ...(description ? { description } : {}),
        status: "active",
      });
    }
    kept.forget();
    await eventsChanged(queryClient);
    onEnd();
  }, {
    STALE_VERSION: { text: editor.staleAgain },
    CAPACITY_BELOW_SOLD: {
      field: "typeCapacity",
      text: editor.belowSold(String((type?.sold ?? 0) + (type?.held ?? 0))),
    },
    OFFER_FULL: { text: editor.offerFull },
  });
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const { register, handleSubmit, formState: { errors, submitCount } } = form;
  const field = (name: typeof TYPE_FIELDS[number]) => ({
    ...register(name),
    label: editor.typeFields[name],
    error: errors[name]?.message ?? sending.errorAt(name),
  });
  return (
    <form
      className="stack form type-form"
      noValidate
      onSubmit={handleSubmit(sending.submit, sending.forget)}
    >
      <h3 ref={head} tabIndex={-1}>{type ? editor.changeType(type.name) : editor.addType}</h3>
      <RestoredNote kept={kept} />
      <ErrorSummary
        errors={[...errorsOf(errors, TYPE_FIELDS), ...sending.errors]}
        attempt={sending.attempt + submitCount}
      />
      <div className="field-row">
        <Field {...field("typeName")} />
        <Field {...field("typePrice")} inputMode="decimal" hint={event.currency} />
      </div>
      <TextField {...field("typeDescription")} rows={2} />
      <div className="field-row">
        <Field {...field("typeCapacity")} hint={editor.ownHint} inputMode="numeric" />
        <Field {...field("gives")} hint={editor.givesHint} inputMode="numeric" />
      </div>
      {pools.length > 0
        ? (
          <fieldset className="ticks">
            <legend>{editor.drawsOn}</legend>
            {pools.map(({ pool_id, name }) => (
              <TickField key={pool_id} {...register(`pools.${pool_id}`)} label={name} />
            ))}
          </fieldset>
        )
        : null}
      <div className="field-row">
        <Field {...field("minPerOrder")} inputMode="numeric" />
        <Field {...field("maxPerOrder")} inputMode="numeric" />
        <Field {...field("maxPerBuyer")} inputMode="numeric" />
      </div>
      <p className="soft small">{editor.windowHint(event.timezone)}</p>
      <div className="field-row">
        <Field {...field("salesStart")} type="datetime-local" />
        <Field {...field("salesEnd")} type="datetime-local" />
      </div>
      <div className="row-of-buttons">
        <button className="btn" type="submit" disabled={sending.busy} aria-busy={sending.busy}>
          {sending.busy ? parts.saving : type ? editor.saveType : editor.addThisType}
        </button>
        <button
          className="btn btn--second"
          type="button"
          onClick={() => {
            kept.forget();
            onEnd();
          }}
        >
          {editor.leaveType}
        </button>
      </div>
    </form>
  );
}
