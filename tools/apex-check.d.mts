/** Something to mend in a class. Lines and columns are counted from 1. */
export type Problem = { file: string; line: number; column: number; rule: string; message: string };
/** `skipped`: why nobody could look. */
export type Checked = { problems: Problem[]; skipped?: string };
export function checkTrees(root: string): Problem[];
export function checkOnJava(root: string): Checked;
export function checkFormat(root: string): Promise<Checked>;
