/** The name of an event's default ticket type, unless its organiser gave it another. */
export const DEFAULT_TICKET_NAME = "General admission";
