// Runs every test of the modules beside it, with the control API of a fake that is running.
import * as credentials from './credentials.mjs';
import * as faults from './faults.mjs';
import * as operations from './operations.mjs';

for (const module of [operations, credentials, faults]) {
  for (const [name, test] of Object.entries(module)) {
    await test();
    console.log('ok', name);
  }
}
console.log('all done');
process.exit(0); // without waiting for connections that are kept
