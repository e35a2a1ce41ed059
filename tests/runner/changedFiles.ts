import { ROOT, execute } from './execute'

/** What a command of git prints, a line each; null where it fails. */
async function git(...args: string[]): Promise<string[] | null> {
  const { code, stdout } = await execute('git', args, { capture: true, sink: () => undefined })
  return code === 0 ? stdout.split('\n').filter((line) => line !== '') : null
}

/** What this work began from: where it left its upstream; without one, or where nothing was committed since, HEAD. */
async function findBase(): Promise<string> {
  const [fork] = (await git('merge-base', 'HEAD', '@{upstream}')) ?? []
  return fork ?? 'HEAD'
}

/**
 * Files that differ from a commit, and those that git does not know yet. Deleted ones are left out.
 *
 * @param since A commit; where left out, the one at which this branch left its upstream, else HEAD.
 * @returns Paths from the root of the repository.
 * @throws Where git cannot tell, for instance since there is no such commit.
 */
export async function changedFiles(since?: string): Promise<string[]> {
  const base = since ?? (await findBase())
  const changed = await git('diff', '--name-only', '--diff-filter=d', '--relative', base, '--', '.')
  const unknown = await git('ls-files', '--others', '--exclude-standard')
  if (changed === null || unknown === null) throw new Error(`git in ${ROOT} cannot tell what changed since ${base}.`)
  return [...new Set([...changed, ...unknown])].sort()
}
