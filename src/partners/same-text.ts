/** Whether two names or addresses are the same to the platform, which does not mind their case. What is missing equals nothing else. */
export const sameText = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a?.toLowerCase() === b?.toLowerCase();
