/** One strategy through the conformance kit, as JSON: `node conformance-child.js NAME`. */
import { findStrategy } from '../src/study/strategy-registry.js';
import { conformance } from '../src/testing/conformance.js';

process.stdout.write(JSON.stringify(await conformance(await findStrategy(process.argv[2]))));
