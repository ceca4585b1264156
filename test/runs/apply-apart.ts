/** Applies the run of a folder in a process of its own: `id path username`. */
import { applyRun, RunFolder } from '../../src/runs/index.js';
import { connect } from '../helpers/exposure.js';

const [id = '', path = '', username = ''] = process.argv.slice(2);
const { conn } = await connect(username);
await applyRun({ conn, folder: new RunFolder(id, path), wait: 60_000, emit: () => undefined });
