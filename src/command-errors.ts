/** How errors of commands are told, and what is checked before anything is done. */
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SfError } from '@salesforce/core';
import { shared } from './command-flags.js';
import { EXIT } from './report/exit-codes.js';

/** An error as commands end with it. */
export type OclifError = Error & { oclif?: { exit?: number }; exitCode?: number };

/** The same error with 1 as its exit code, also for wrong flags: 2 tells CI that a check has found something. */
export const asFailed = (error: OclifError): OclifError =>
  Object.assign(error, { exitCode: EXIT.failed, oclif: { ...error.oclif, exit: EXIT.failed } });

/** Files are written when everything else is done; that they can be is better known before. @throws SfError */
export async function checkWritable(...files: ReadonlyArray<string | undefined>): Promise<void> {
  for (const file of files) {
    if (file === undefined) continue;
    const folder = dirname(resolve(file));
    const exists = await access(file).then(
      () => true,
      () => false
    );
    await access(exists ? file : folder, constants.W_OK).catch(() => {
      throw shared.createError('error.folder', [file, folder]);
    });
  }
}

/** An error of the org before anything was written, in words. Other errors come back as they are. */
export function tellOrgError(error: unknown, org: string): Error {
  const { errorCode, name, message, cause } = error as {
    errorCode?: string;
    name?: string;
    message: string;
    cause?: { code?: string };
  };
  const code = errorCode ?? name ?? '';
  if (/INVALID_SESSION_ID|INVALID_AUTH_HEADER|Bad_OAuth_Token|RefreshTokenAuthError/.test(code)) {
    return shared.createError('error.sessionExpired', [org]);
  }
  if (/INSUFFICIENT_ACCESS|INVALID_TYPE|INVALID_FIELD|API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED/.test(code)) {
    return shared.createError('error.noPermission', [org, message]);
  }
  if (error instanceof TypeError || cause?.code || /ERROR_HTTP_5|SERVER_UNAVAILABLE|REQUEST_LIMIT/.test(code)) {
    return shared.createError('error.orgUnreachable', [cause?.code ?? message], [org]);
  }
  return error instanceof Error ? error : new SfError(String(error));
}
