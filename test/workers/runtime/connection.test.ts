import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { retrying } from '../../../workers/runtime/connection.ts';

describe('a connection to Temporal', () => {
  it('ends a call that waits for its next try when it is closed, instead of the process', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1', ...retrying() });
    const call = connection.workflowService.getSystemInfo({});
    const answer = assert.rejects(call, /shut down/);
    await sleep(50);
    await connection.close();
    await answer;
  });
});
