/** Whose log-in it is. Both may be logged in side by side. */
export type Audience = "user" | "organiser";
