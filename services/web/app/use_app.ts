import { createContext, useContext } from "react";
import type { AppContext } from "./context.ts";

/** What the application gives its components. */
export interface AppValue extends AppContext {
  /** Whether the server could not load what the first page needs. */
  unreachable: boolean;
}

/** Given by `<App>`. */
export const AppValueContext = createContext<AppValue | undefined>(undefined);

/** What every component may use. */
export function useApp(): AppValue {
  const value = useContext(AppValueContext);
  if (!value) throw new Error("useApp() is called outside of <App>");
  return value;
}
