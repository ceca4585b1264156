/** Loaded into a measured process: writes its peak memory to the file named by `CHANNEL_BENCH_RSS` when it ends. */
import { writeFileSync } from 'node:fs';

const file = process.env.CHANNEL_BENCH_RSS;
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
