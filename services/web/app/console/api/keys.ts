/** Begins the keys of all queries that are answered for the logged-in organiser. */
export const CONSOLE_KEY = "console";
