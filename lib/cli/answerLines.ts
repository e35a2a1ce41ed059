import { once } from 'node:events'
import { MAX_LINE_LENGTH } from './lineReply'
import { readLines, type Line } from './readLines'

/** Writes one JSON document to standard output for each line of standard input, in order, as fast as it is read. */
export async function answerLines(answer: (line: Line) => unknown): Promise<void> {
  const { stdin, stdout } = process
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  for await (const line of readLines(stdin, MAX_LINE_LENGTH)) {
    const isBelowHighWater = stdout.write(JSON.stringify(answer(line)) + '\n')
    if (!isBelowHighWater) await once(stdout, 'drain')
  }
}
