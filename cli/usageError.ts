/** A command was called with something it cannot work with; the message says what and what it takes. */
export class UsageError extends Error {}
