import { useState } from "react";
import { useMessages } from "../messages/use_messages.ts";
import { Field, type FieldProps } from "./field.tsx";

/** A password, which can be shown. Pasting and password managers work. */
export function PasswordField(props: Omit<FieldProps, "inside" | "type">) {
  const { common } = useMessages();
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      inside={
        <button
          className="field__show"
          type="button"
          aria-controls={props.name}
          aria-label={shown ? common.hidePassword : common.showPassword}
          onClick={() => setShown(!shown)}
        >
          {shown ? common.hide : common.show}
        </button>
      }
    />
  );
}
