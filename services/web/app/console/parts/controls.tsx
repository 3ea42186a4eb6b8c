import type { ComponentProps } from "react";
import { Labelled, type LabelProps } from "../../parts/labelled.tsx";

/** A labelled choice from a list. */
export function SelectField(
  { name, label, hint, error, children, ...select }:
    & LabelProps
    & Omit<ComponentProps<"select">, "id">,
) {
  return (
    <Labelled {...{ name, label, hint, error }}>
      {(described) => <select {...select} id={name} name={name} {...described}>{children}</select>}
    </Labelled>
  );
}

/** A labelled field of several lines. */
export function TextField(
  { name, label, hint, error, ...area }: LabelProps & Omit<ComponentProps<"textarea">, "id">,
) {
  return (
    <Labelled {...{ name, label, hint, error }}>
      {(described) => <textarea rows={5} {...area} id={name} name={name} {...described} />}
    </Labelled>
  );
}

/** A box that is ticked, with its label beside it. */
export function TickField(
  { name, label, hint, ...input }: Omit<LabelProps, "error"> & Omit<ComponentProps<"input">, "id">,
) {
  return (
    <div className="tick">
      <input
        {...input}
        id={name}
        name={name}
        type="checkbox"
        aria-describedby={hint ? `${name}-hint` : undefined}
      />
      <label htmlFor={name}>{label}</label>
      {hint ? <p className="hint soft" id={`${name}-hint`}>{hint}</p> : null}
    </div>
  );
}
