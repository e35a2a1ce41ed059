import { readFile } from 'node:fs/promises'
import { deploymentSchema, type Deployment } from './deployment'

/**
 * Reads a deployment file. For Node; browsers are handed the parsed object by their server.
 *
 * @throws If the file is missing, is not JSON, or lacks a contract.
 */
export async function loadDeployment(file: string): Promise<Deployment> {
  return deploymentSchema.parse(JSON.parse(await readFile(file, 'utf8')))
}
