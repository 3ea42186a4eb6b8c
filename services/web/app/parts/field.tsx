import type { ComponentProps, ReactNode } from "react";
import { Labelled, type LabelProps } from "./labelled.tsx";

/** An input with what every field has around it. */
export interface FieldProps extends LabelProps, Omit<ComponentProps<"input">, "id" | "name"> {
  /** Stands in the field, at its end. */
  inside?: ReactNode;
}

/** A labelled text field. */
export function Field({ name, label, hint, error, inside, ...input }: FieldProps) {
  return (
    <Labelled {...{ name, label, hint, error }}>
      {(described) => {
        const control = <input {...input} id={name} name={name} {...described} />;
        return inside ? <div className="field__frame">{control}{inside}</div> : control;
      }}
    </Labelled>
  );
}
