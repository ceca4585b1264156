export function isSupported(version: string): boolean;
export function tooOld(version: string): string;
