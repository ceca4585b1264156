export const RESULTS: Readonly<Record<string, readonly [file: string, name: string]>>;
export function fileOf(command: string): string;
export function schemaText(command: string): Promise<string>;
