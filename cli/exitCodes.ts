/** What a command's outcome means to the shell. */
export const exitCodes = { clean: 0, findings: 1, usage: 2 } as const;
