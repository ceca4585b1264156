export const file: string;
export function snapshotText(): string;
