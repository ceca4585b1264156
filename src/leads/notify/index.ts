export { NotifyError } from './errors.js';
export { mailsNow, planMails, type NotifyRequest } from './plan.js';
export { buildProbe, PROBE_KIND, probeDetailsSchema, ProbeError, probeNow, type ProbeDetails } from './probe-plan.js';
export { leadNotifyProbeResultSchema, type LeadNotifyProbeResult } from './probe-result.js';
export { ProbeStore, type Probe } from './probes.js';
