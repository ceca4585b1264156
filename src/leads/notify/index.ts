export { NotifyError } from './errors.js';
export { mailsNow, planMails, type NotifyRequest } from './plan.js';
