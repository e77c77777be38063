import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { machineCache } from '../../workers/dev/kit/cache.ts';
import { findProgram, isExecutable } from '../../workers/dev/kit/find-program.ts';
import { takeLock } from '../../workers/dev/kit/lock.ts';
import type { Say } from '../../workers/dev/kit/say.ts';
import { PlainError } from '../../workers/dev/kit/say.ts';

const run = promisify(execFile);

const version = '1.39.0';
const home = machineCache(`temporal-test-server-${version}`);
const executable = join(home, 'run.sh');

/**
 * The path of Temporal's time-skipping test server; fetched from Maven once per machine. Throws PlainError when Java
 * or Maven is missing.
 */
export async function javaTestServer(say: Say = () => undefined): Promise<string> {
  if ((await findProgram('java')) === null) {
    throw new PlainError(
      'Time-skipping tests need Java 11 or newer (Debian: apt-get install default-jre-headless).',
    );
  }
  if (await isExecutable(executable)) return executable;
  if ((await findProgram('mvn')) === null) {
    throw new PlainError(
      'Time-skipping tests fetch their server with Maven (Debian: apt-get install maven).',
    );
  }
  const lock = await takeLock(`${home}.lock`);
  if ('heldBy' in lock)
    throw new PlainError(`Process ${lock.heldBy} is fetching the test server; try again soon.`);
  try {
    say(`Temporal test server ${version}: fetching it from Maven (38 MB, once per machine) …`);
    return await fetchWithMaven();
  } finally {
    await lock.release();
  }
}

async function fetchWithMaven(): Promise<string> {
  const draft = `${home}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'pom.xml'), pom);
  const goal = [
    '-q',
    '-B',
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    '-DoutputDirectory=lib',
  ];
  await run('mvn', goal, { cwd: draft, timeout: 300_000 });
  const script = join(draft, 'run.sh');
  await writeFile(script, wrapper);
  await chmod(script, 0o755);
  await rm(home, { recursive: true, force: true });
  await rename(draft, home);
  return executable;
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bizosaas</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/** `exec` matters: the SDK kills the process it started, which must be the Java one. The flags shorten the start. */
const wrapper = `#!/bin/sh
lib="$(dirname "$0")/lib"
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "$lib/*" io.temporal.testserver.TestServer "$@"
`;
