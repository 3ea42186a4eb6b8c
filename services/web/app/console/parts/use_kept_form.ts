import { useEffect, useState } from "react";
import type { DefaultValues, FieldValues, UseFormReturn } from "react-hook-form";
import { useOrganiser } from "../use_organiser.ts";
import { forgetKept, keepValues, keptValues } from "./kept_values.ts";

/**
 * Keeps what is typed into a form until it is sent, so that a log-in which ends meanwhile loses none of it.
 *
 * @returns whether the form has come back with what was typed before, and how to forget that
 */
export function useKeptForm<Values extends FieldValues>(
  name: string,
  form: UseFormReturn<Values>,
): { isRestored: boolean; forget: () => void; startOver: () => void } {
  const { adminId } = useOrganiser();
  const key = `${adminId} ${name}`;
  const [isRestored, setRestored] = useState(false);
  const { reset, watch } = form;
  useEffect(() => {
    const typed = keptValues(key) as DefaultValues<Values> | undefined;
    if (typed !== undefined) {
      reset(typed as Values, { keepDefaultValues: true });
      setRestored(true);
    }
    const { unsubscribe } = watch((values) => keepValues(key, values));
    return unsubscribe;
  }, [key, reset, watch]);
  const forget = () => {
    forgetKept(key);
    setRestored(false);
  };
  return {
    isRestored,
    forget,
    startOver() {
      reset();
      forget();
    },
  };
}
