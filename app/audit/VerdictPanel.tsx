/** What a verdict means to someone who has never heard of a proof. */
export type VerdictWords = {
  tone: 'good' | 'bad' | 'plain'
  title: string
  lines: string[]
}

const TONES = {
  good: ['border-good bg-sheet', 'text-good', '✓'],
  bad: ['border-bad bg-bad-wash', 'text-bad', '✗'],
  plain: ['border-edge bg-sheet', 'text-muted', '?'],
} as const

type Props = {
  words: VerdictWords
  seconds: number
  /** Whose storage was read. */
  block: bigint
  /** Of proofs; 0 for none. */
  bytes: number
}

/** What the checks came to, in a sentence and what it means. */
export function VerdictPanel({ words: { tone, title, lines }, seconds, block, bytes }: Props) {
  const [frame, ink, mark] = TONES[tone]
  return (
    <div role="status" data-verdict={tone} className={`max-w-prose space-y-2 border-l-4 px-4 py-4 ${frame}`}>
      <p className={`font-serif text-xl font-semibold ${ink}`}>
        <span aria-hidden="true">{mark} </span>
        {title}
      </p>
      {lines.map((line) => (
        <p key={line} className="text-sm">
          {line}
        </p>
      ))}
      <p className="text-muted text-sm">
        Checked here in {seconds.toFixed(1)} s, from the chain at block {block.toString()}
        {bytes > 0 ? ` and ${bytes.toLocaleString('en-GB')} bytes of proofs` : ''}. Your node is believed about what the
        chain holds; the enclave and this site are not.
      </p>
    </div>
  )
}
