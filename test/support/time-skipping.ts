import { TestWorkflowEnvironment } from '@temporalio/testing';
import { indexedValueType } from '../../workers/runtime/namespace.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { javaTestServer } from './java-test-server.ts';

const attempts = 3;

/**
 * A Temporal server whose clock jumps to the next timer while a workflow result is awaited. Time is global in it: one
 * environment per suite, torn down by the caller. It has no schedules, visibility lists, reset or batch.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await javaTestServer();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const environment = await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      });
      // This server cannot list search attributes, so the product's own way to add what is missing does not apply.
      await environment.connection.operatorService.addSearchAttributes({
        namespace: 'default',
        searchAttributes: Object.fromEntries(
          Object.values(searchAttributes).map(({ name, type }) => [name, indexedValueType[type]]),
        ),
      });
      return environment;
    } catch (error) {
      // The SDK gives the JVM five seconds; on a busy machine the first start can take longer than the second.
      if (attempt === attempts) throw error;
    }
  }
}
