import type { ButtonHTMLAttributes } from 'react'

const LOOKS = {
  /** The one main action of a page. */
  main: 'bg-ink text-paper hover:opacity-90 border-ink',
  /** What seals, or touches what is yours. */
  seal: 'bg-rose text-rose-ink hover:opacity-90 border-rose',
  quiet: 'bg-transparent text-ink hover:bg-rule/40 border-edge',
}

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { look?: keyof typeof LOOKS }

/** The classes of a button, for links that look like one. */
export function buttonClass(look: keyof typeof LOOKS = 'quiet'): string {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-sm border px-3.5 py-2 text-sm font-medium disabled:cursor-not-allowed disabled:opacity-50 ${LOOKS[look]}`
}

/** A button that never submits a form by accident. */
export function Button({ look = 'quiet', className = '', type = 'button', ...rest }: Props) {
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />
}
