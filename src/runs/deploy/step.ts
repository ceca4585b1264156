/** Making the step of a plan that deploys metadata. */
import { writeFile } from 'node:fs/promises';
import { fileHash } from '../fingerprint.js';
import type { DeployStep, PlannedComponent } from '../plan.js';
import type { RunFolder } from '../store/folder.js';
import { zipOf, type Deployment } from './package.js';

export type DeployStepRequest = {
  folder: RunFolder;
  /** Unique in the plan; names the files. */
  id: string;
  title: string;
  /** API version of the manifest, such as `66.0`. */
  version: string;
  deployment: Deployment;
  components: PlannedComponent[];
  /** The deployment that takes it back, made of what the org holds now. Without it there is no way back. */
  backup?: Deployment;
  undo: DeployStep['undo'];
};

/** Writes the zips of a step into the run folder, and returns the step. */
export async function createDeployStep(request: DeployStepRequest): Promise<DeployStep> {
  const { folder, id, title, version, deployment, backup, components, undo } = request;
  const zip = await save(folder.stepFile(id, 'zip'), zipOf(deployment, version));
  const undoZip = backup && (await save(folder.stepFile(id, 'undo.zip'), zipOf(backup, version)));
  return { id, kind: 'deploy', title, zip, ...(undoZip ? { undoZip } : {}), components, undo };
}

async function save(file: string, zip: Uint8Array): Promise<DeployStep['zip']> {
  await writeFile(file, zip, { mode: 0o600 });
  return { file, sha256: await fileHash(file) };
}
