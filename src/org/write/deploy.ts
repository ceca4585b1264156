/** Metadata deploys, one call a function; the caller decides what a lost reply means. */
import type { Connection } from '@salesforce/core';

/** A component that the org refused. */
export type DeployProblem = {
  type: string;
  fullName: string;
  file: string;
  problem: string;
  /** Place in the file, where the org tells it. */
  line?: number;
};

export type DeployStatus = {
  id: string;
  done: boolean;
  success: boolean;
  /** Such as `InProgress`, `Succeeded`, `Failed`, `Canceled`. */
  status: string;
  deployed: number;
  total: number;
  problems: DeployProblem[];
  /** Why the deploy as a whole failed, where no component did. */
  errorMessage?: string;
};

type Flag = boolean | string | undefined;
type Failure = {
  componentType?: string;
  fullName?: string;
  fileName?: string;
  problem?: string;
  lineNumber?: number | string;
};
type RawStatus = {
  id: string;
  done: Flag;
  success: Flag;
  status: string;
  numberComponentsDeployed?: number | string;
  numberComponentsTotal?: number | string;
  errorMessage?: string | null;
  details?: { componentFailures?: Failure | Failure[] };
};

/**
 * Hands a zip over for deployment; all of it or nothing. The org works on it in the background.
 * @param checkOnly validates and rolls back
 * @returns id of the deploy
 */
export async function startDeploy(conn: Connection, zip: Uint8Array, checkOnly = false): Promise<string> {
  const options = { rollbackOnError: true, singlePackage: true, checkOnly };
  const { id } = await conn.metadata.deploy(Buffer.from(zip), options);
  if (!id) throw new Error('The org did not tell the id of the deploy.');
  return id;
}

/** How far a deploy is. */
export async function readDeploy(conn: Connection, id: string): Promise<DeployStatus> {
  const raw = (await conn.metadata.checkDeployStatus(id, true)) as unknown as RawStatus;
  return {
    id,
    done: isTrue(raw.done),
    success: isTrue(raw.success),
    status: raw.status,
    deployed: Number(raw.numberComponentsDeployed ?? 0),
    total: Number(raw.numberComponentsTotal ?? 0),
    problems: arrayOf(raw.details?.componentFailures).map(problemOf),
    errorMessage: raw.errorMessage ?? undefined,
  };
}

const problemOf = ({ componentType, fullName, fileName, problem, lineNumber }: Failure): DeployProblem => ({
  type: componentType ?? '',
  fullName: fullName ?? '',
  file: fileName ?? '',
  problem: problem ?? '',
  ...(lineNumber ? { line: Number(lineNumber) } : {}),
});

const isTrue = (flag: Flag): boolean => flag === true || flag === 'true';

function arrayOf<T>(value: T | T[] | undefined | null): T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
