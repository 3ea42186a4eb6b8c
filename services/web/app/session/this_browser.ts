import { openSession } from "./browser_session.ts";

/** The log-in of this browser: opened once, by the first script that needs it. */
export const session = openSession();
