/** Operations of the metadata API. */
import { PlatformError } from '../../errors.js';
import type { SoapCall } from '../../soap/call.js';
import { all, child, childNames, isElement, text, textOf, type Node } from '../../soap/envelope.js';
import { requireReader, requireWriter } from '../access.js';
import { deployResult } from '../deploy/describe.js';
import { readOptions } from '../deploy/options.js';
import { describeMetadata, fileProperties, listMetadata } from '../describe.js';
import { readManifest } from '../manifest.js';
import { Problem } from '../problem.js';
import type { RetrieveRequest, RetrieveState } from '../retrieve/retrieves.js';
import {
  createMetadata,
  deleteMetadata,
  readMetadata,
  renameMetadata,
  updateMetadata,
  upsertMetadata,
} from './crud.js';
import { elementOf } from './nodes.js';

const isDoneRetrieve = ({ status }: RetrieveState): boolean => status === 'Succeeded' || status === 'Failed';

/** A child by its name in any case: some clients write `ZipFile`, others `zipFile` (org-wire-protocol). */
const anyCase = (node: Node, name: string): string | undefined =>
  childNames(node).find((child) => child.toLowerCase() === name.toLowerCase());

const textIn = (node: Node, name: string): string => text(node, anyCase(node, name) ?? name)?.trim() ?? '';

const flag = (node: Node, name: string): boolean => ['true', '1'].includes(textIn(node, name));

/** Plain values of an element, an array where one repeats. */
const valuesOf = (node: Node): Record<string, unknown> =>
  Object.fromEntries(
    childNames(node).map((name) => {
      const values = all(node, name).map((value) => textOf(value) ?? '');
      return [name, name === 'runTests' ? values : values[0]];
    })
  );

const deploy = (call: SoapCall): object[] => {
  requireWriter(call.session);
  const zip = Buffer.from(textIn(call.args, 'ZipFile'), 'base64');
  if (zip.length === 0) throw new PlatformError('REQUIRED_FIELD_MISSING', 'Required field is missing: zipFile', 500);
  const options = readOptions(valuesOf(child(call.args, anyCase(call.args, 'DeployOptions') ?? 'DeployOptions')));
  const id = call.rooms.metadata.deploys.start(call.session, zip, options, Number(call.version));
  return [{ done: false, id, state: 'Queued' }];
};

const checkDeployStatus = (call: SoapCall): object[] => {
  requireReader(call.session);
  const { rooms, args } = call;
  const found = rooms.metadata.deploys.get(textIn(args, 'asyncProcessId'));
  return [deployResult(rooms.org.tools, found, flag(args, 'includeDetails'))];
};

/** The id is in an element that clients name differently. */
const cancelDeploy = (call: SoapCall): object[] => {
  requireWriter(call.session);
  const [name] = childNames(call.args);
  const { id, status } = call.rooms.metadata.deploys.cancel(call.session, textIn(call.args, name ?? 'id'));
  return [{ done: status === 'Canceled', id }];
};

const deployRecentValidation = (call: SoapCall): string[] => {
  requireWriter(call.session);
  return [call.rooms.metadata.deploys.quick(call.session, textIn(call.args, 'validationId'))];
};

const requestOf = (call: SoapCall): RetrieveRequest => {
  const request = child(call.args, anyCase(call.args, 'request') ?? 'retrieveRequest');
  if (textIn(request, 'packageNames')) {
    throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'The practice org has no packages', 500);
  }
  const { types, version } = manifestOf(request);
  return {
    types: [...types],
    version: version ?? (textIn(request, 'apiVersion') || call.version),
    userId: call.session.user.Id,
    singlePackage: flag(request, 'singlePackage'),
  };
};

const manifestOf = (request: Node): ReturnType<typeof readManifest> => {
  try {
    return readManifest(elementOf('unpackaged', child(request, 'unpackaged')));
  } catch (error) {
    if (error instanceof Problem) throw new PlatformError(error.code, error.message, 500);
    throw error;
  }
};

const retrieve = (call: SoapCall): object[] => {
  requireReader(call.session);
  const id = call.rooms.metadata.retrieves.start(requestOf(call));
  return [{ done: false, id, state: 'Queued' }];
};

const checkRetrieveStatus = (call: SoapCall): object[] => {
  requireReader(call.session);
  const { tools } = call.rooms.org;
  const state = call.rooms.metadata.retrieves.get(textIn(call.args, 'asyncProcessId'));
  const includeZip = !anyCase(call.args, 'includeZip') || flag(call.args, 'includeZip');
  return [
    {
      done: isDoneRetrieve(state),
      ...(state.errorMessage ? { errorMessage: state.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' } : {}),
      fileProperties: state.properties.map(({ type, fileName, ...listed }) =>
        fileProperties(tools, listed, type, fileName)
      ),
      id: state.id,
      messages: state.messages,
      status: state.status,
      success: state.status === 'Succeeded',
      ...(state.zip && includeZip ? { zipFile: state.zip.toString('base64') } : {}),
    },
  ];
};

const list = (call: SoapCall): object[] => {
  requireReader(call.session);
  const queries = all(call.args, 'queries').filter(isElement);
  return listMetadata(
    call.rooms.org.tools,
    queries.map((query) => ({ type: textIn(query, 'type'), folder: textIn(query, 'folder') || undefined }))
  );
};

const describe = (call: SoapCall): object[] => {
  requireReader(call.session);
  return [describeMetadata(call.rooms.org.tools)];
};

/** By name. What is not here is refused, and shows under `practice status`. */
export const metadataOperations: Record<string, (call: SoapCall) => unknown[]> = {
  cancelDeploy,
  checkDeployStatus,
  checkRetrieveStatus,
  createMetadata,
  deleteMetadata,
  deploy,
  deployRecentValidation,
  describeMetadata: describe,
  listMetadata: list,
  readMetadata,
  renameMetadata,
  retrieve,
  updateMetadata,
  upsertMetadata,
};
