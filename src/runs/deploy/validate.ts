/** A deploy that the org checks and rolls back: what it would say, without a change. */
import type { Connection } from '@salesforce/core';
import { pollUntil } from '../../org/read/index.js';
import { readDeploy, startDeploy, type DeployProblem } from '../../org/write/deploy.js';
import { zipOf, type Deployment } from './package.js';

export type Validation = {
  accepted: boolean;
  problems: DeployProblem[];
  /** Why the deploy was refused as a whole, where no component was. */
  errorMessage?: string;
};

/** Asks the org whether it would take a deployment, of the API version of the connection or another. Nothing is changed. */
export async function validateDeployment(
  conn: Connection,
  deployment: Deployment,
  version = conn.version
): Promise<Validation> {
  const id = await startDeploy(conn, zipOf(deployment, version), true);
  return pollUntil(async () => {
    const { done, success, problems, errorMessage } = await readDeploy(conn, id);
    return done ? { accepted: success, problems, errorMessage } : undefined;
  });
}

/** Why a deployment would be refused, in the words of the org. */
export const refusalOf = ({ problems, errorMessage }: Validation): string =>
  problems.map(({ problem }) => problem).join('; ') || (errorMessage ?? 'no reason was given');
