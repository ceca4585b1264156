/** What was found about one condition. */
export type Verdict = 'yes' | 'no' | 'unknown' | 'warning';

/** `fix`: what to click, to run or to ask for; absent where nothing is to be done. */
export type Finding = { verdict: Verdict; reason: string; fix?: string };

export const yes = (reason: string): Finding => ({ verdict: 'yes', reason });

export const no = (reason: string, fix: string): Finding => ({ verdict: 'no', reason, fix });

export const unknown = (reason: string, fix: string): Finding => ({ verdict: 'unknown', reason, fix });

/** Who may see more than the running user, for fixes of what is not known. */
export const ASK_SETUP = 'Ask an administrator for View Setup and Configuration, or have the check run by one.';
