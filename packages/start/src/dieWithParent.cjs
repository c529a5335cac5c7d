'use strict';

// Preloaded into the processes of the portal: none of them outlives the start script, not even when it is killed hard.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 3_000).unref();
  }
}, 1_000).unref();
