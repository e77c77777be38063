import { loadConfig } from '../runtime/config.ts';
import { prepareExisting } from './temporal/ready.ts';

// A job of temporal-compose.yml: the namespace and its search attributes on a running server.
const { address, namespace } = loadConfig().temporal;
const { created, searchAttributes } = await prepareExisting(address, namespace);
console.log(
  `Namespace ${namespace} ${created ? 'created' : 'was there'}; search attributes ${searchAttributes}.`,
);
