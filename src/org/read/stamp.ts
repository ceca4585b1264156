/** One spelling for date-times of REST (`+0000`) and Bulk (`Z`). */
export const normalStamp = (stamp: string): string => stamp.replace(/\+0000$/, 'Z');
