/** Keys of the licences whose users are partner users (platform-facts C4). */
export const PARTNER_LICENCES = [
  'PID_Partner_Community',
  'PID_Partner_Community_Login',
  'PID_STRATEGIC_PRM',
  'POWER_PRM',
];
